// Workers gone wrong, for spawn.test.ts: they hang, eat memory, crash, or do what they are told.
import { readFileSync } from 'node:fs'
import { serveWorker } from './worker-port.ts'

interface Order {
  readonly act: string
  readonly path?: string
  readonly count?: number
}

serveWorker(async ({ data, input, send }) => {
  const { act, path = '', count = 0 } = data as Order
  const hoard: unknown[] = []
  switch (act) {
    case 'echo':
      for await (const chunk of input) await send({ bytes: chunk.length, first: chunk[0] })
      break
    case 'flood':
      for (let n = 0; n < count; n++) await send(n)
      break
    case 'hang':
      for (;;);
    case 'sleep':
      return new Promise(() => {})
    case 'heap':
      for (;;) hoard.push(Array.from({ length: 1000 }, () => hoard.length))
    case 'buffers':
      for (;;) hoard.push(Buffer.alloc(8 * 2 ** 20, 1))
    case 'throw':
      throw new Error('Ana Sol, born 1980-01-01')
    case 'throw-string':
      // oxlint-disable-next-line typescript/only-throw-error -- libraries do this
      throw 'Ana Sol'
    case 'exit':
      process.exit(count)
      break
    case 'abrupt':
      setImmediate(() => {
        throw new Error('outside any promise')
      })
      return new Promise(() => {})
    case 'look':
      await send({ env: Object.keys(process.env), read: attempt(() => readFileSync(path, 'utf8').length) })
      break
  }
})

function attempt<T>(run: () => T): T | string {
  try {
    return run()
  } catch (error) {
    return (error as { code?: string }).code ?? 'ERR'
  }
}
