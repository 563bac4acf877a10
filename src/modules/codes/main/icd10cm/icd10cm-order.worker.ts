// The isolated reader of a newer edition (PAR-01): bytes in, codes out, or the first line that is wrong.
import { serveWorker } from '#core/isolate/worker-port.ts'
import { orderEntries, OrderFileError } from './order-file.ts'
import type { OrderMessage } from './order-worker.ts'
import { orderText } from './order-text.ts'

const perMessage = 1000

serveWorker(async ({ input, send }) => {
  const say = (message: OrderMessage) => send(message)
  try {
    const entries = [...orderEntries(await orderText(input))]
    for (let at = 0; at < entries.length; at += perMessage)
      await say({ kind: 'entries', entries: entries.slice(at, at + perMessage) })
  } catch (error) {
    if (!(error instanceof OrderFileError)) throw error
    await say({ kind: 'fault', fault: error.fault, line: error.line })
  }
})
