// The machine's side of making PDFs: one worker process a paper, the next one started ahead so that a person does not wait
// for it, at most two at work; each has limits of time and memory and ends with its paper.
import path from 'node:path'
import { findWorker } from '../isolate/find-worker.ts'
import type { IsolatedRun, SpawnIsolated } from '../rpc/services.ts'
import type { PdfDocument } from './document-model.ts'
import type { Rendered } from './render.ts'

export interface PdfJob {
  readonly fontFolder: string
}

export type MakePdf = (document: PdfDocument) => Promise<Rendered>

const atOnce = 2
const limits = { idleSeconds: 30, memoryMb: 384 }

export function createPdfMaker(spawnIsolated: SpawnIsolated): MakePdf & { stop(): void } {
  let warm: IsolatedRun | null = null
  let isStopped = false
  let atWork = 0
  const waiting: (() => void)[] = []

  const start = (): IsolatedRun => {
    const fontFolder = path.join(findWorker('pdf').codeRoot, 'resources', 'fonts')
    return spawnIsolated({ worker: 'pdf', data: { fontFolder } satisfies PdfJob, ...limits })
  }
  const enter = async () => {
    while (atWork >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    atWork += 1
  }
  const leave = () => {
    atWork -= 1
    waiting.shift()?.()
  }

  const make = async (document: PdfDocument): Promise<Rendered> => {
    await enter()
    try {
      const ready = warm
      warm = null
      return await renderIn(ready ?? start(), document)
    } finally {
      leave()
      if (!isStopped) warm ??= start()
    }
  }
  return Object.assign(make, {
    stop() {
      isStopped = true
      warm?.kill()
      warm = null
    },
  })
}

async function renderIn(run: IsolatedRun, document: PdfDocument): Promise<Rendered> {
  const feeding = run.write(Buffer.from(JSON.stringify(document), 'utf8')).then(
    () => run.end(),
    // The reader below learns of it.
    () => {},
  )
  let rendered: Rendered | undefined
  for await (const message of run.messages) rendered = message as Rendered
  await feeding
  if (!rendered) throw new Error('the paper worker ended without a paper')
  return rendered
}
