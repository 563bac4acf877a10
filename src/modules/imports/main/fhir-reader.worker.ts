// The isolated reader of FHIR files (PAR-01): bytes in, staged resources out. No database, no keys, no network.
import { serveWorker } from '#core/isolate/worker-port.ts'
import { readFhirFile } from './read-file.ts'
import { filesIn, type ReaderJob } from './reader-protocol.ts'

serveWorker(async ({ data, input, send }) => {
  const { sourceNs } = data as ReaderJob
  for await (const { head, bytes } of filesIn(input)) {
    await send({ kind: 'file', fileId: head.fileId })
    await readFhirFile({ ...head, bytes }, sourceNs, send)
  }
})
