// Fetches a paper by its token as a window does.
import type { PaperFile } from '#modules/papers/shared/contract.ts'
import type { TestClinic } from './clinic.ts'

export async function fetchPaper(clinic: TestClinic, file: PaperFile | null): Promise<Uint8Array> {
  const download = clinic.clinic.download(file?.token ?? '', { door: 'ipc', token: null })
  if (!download) throw new Error('there is no such paper')
  return await download.open()
}
