// What can keep a clinic closed, by the names that `status` shows, and what a folder tells about it unopened.
import type * as z from 'zod'
import type { BootstrapStatus, KeychainProblem } from '#shared/bootstrap.ts'
import { AppError } from '#shared/errors.ts'
import { type ClinicFolder, folderState } from './clinic-folder.ts'
import { OpenProblem } from './clinic-types.ts'
import {
  type Backend,
  DeviceSecretError,
  type DeviceSecretStore,
  problemWithout,
} from './keys/device-secret.ts'
import { KeyFileDamaged, readKeyFile } from './keys/key-file.ts'
import { slotBackends } from './keys/key-ring.ts'
import { diskTrouble } from './store/disk-trouble.ts'

export interface HostProblem {
  readonly name: NonNullable<BootstrapStatus['problem']>
  readonly value: number | null
  readonly keychain?: KeychainProblem | undefined
}

/** `null` for errors that are nobody's fault but ours. */
function problemOf(error: unknown): HostProblem | null {
  if (error instanceof OpenProblem) return { name: error.problem as HostProblem['name'], value: error.value }
  if (error instanceof DeviceSecretError)
    return { name: 'keychain-changed', value: null, keychain: error.problem }
  if (error instanceof KeyFileDamaged) return { name: 'key-file-damaged', value: null }
  return null
}

/** What a caller is told, what the status shows from now on, and whether only the log may know more. */
export function explain(raw: unknown): { error: AppError; problem: HostProblem | null; isOurs: boolean } {
  const thrown = diskTrouble(raw)
  if (thrown instanceof AppError) return { error: thrown, problem: null, isOurs: false }
  const problem = problemOf(thrown)
  if (!problem) return { error: new AppError('INTERNAL'), problem, isOurs: true }
  const reason = thrown instanceof DeviceSecretError ? { reason: thrown.problem } : {}
  const error = new AppError('UNAVAILABLE', { problem: problem.name, value: problem.value, ...reason })
  return { error, problem, isOurs: false }
}

export interface FolderLook {
  readonly problem: HostProblem | null
  readonly passwordOnly: boolean
  readonly kitId: string | null
}

/** Reads the key file and asks which keychain there is; touches nothing. */
export async function lookAt(folder: ClinicFolder, secrets: DeviceSecretStore): Promise<FolderLook> {
  try {
    const state = folderState(folder)
    if (state === 'empty') return { problem: null, passwordOnly: !(await secrets.canKeep()), kitId: null }
    if (state === 'key-file-missing') throw new KeyFileDamaged()
    const slots = readKeyFile(folder.keyFile)?.body.slots ?? []
    const backends = slotBackends(slots)
    const isUsable = (backend: Backend) => backend === 'none' || backend === secrets.backend
    const isLost = backends.length > 0 && !backends.some(isUsable)
    return {
      problem: isLost ? problemOf(new DeviceSecretError(lossOf(secrets))) : null,
      passwordOnly: backends.every((backend) => backend === 'none'),
      kitId: slots.find((slot) => slot.kind === 'kit')?.kit?.id ?? null,
    }
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    return { problem, passwordOnly: false, kitId: null }
  }
}

const lossOf = (secrets: DeviceSecretStore) =>
  secrets.backend === 'none' ? problemWithout(secrets.refused) : 'other-backend'

export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
  throw new AppError('INVALID_INPUT', { fields: [...new Set(fields)].slice(0, 20) })
}
