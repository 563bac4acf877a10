// For tests of imports: files through the upload route as a door brings them, and what stands in the record after.
import { createHash } from 'node:crypto'
import type { SyncedTable } from '#core/store/table-def.ts'
import { modules } from '#modules/main.ts'
import type { Batch } from '#modules/imports/shared/contract.ts'
import type { Role } from '#shared/permissions.ts'
import type { TestClinic } from './clinic.ts'

export type GivenFile = readonly [name: string, content: Uint8Array | string | object]

export function bytesOf(content: Uint8Array | string | object): Uint8Array {
  if (content instanceof Uint8Array) return content
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024)
}

/** Opens a batch and uploads the files into it; resolves when they are read. */
export async function stage(
  clinic: TestClinic,
  role: Role,
  files: readonly GivenFile[],
  sourceName = 'Hospital',
): Promise<Batch> {
  const client = clinic.as(role)
  const batch = await client.imports.create({ sourceName })
  for (const [name, content] of files) {
    const { token } = await client.imports.beginUpload({ batchId: batch.id, name })
    const reply = await clinic.clinic.upload(token, inChunks(bytesOf(content)))
    if (!reply.ok) throw new Error(`upload: ${reply.error.code}`)
  }
  await clinic.clinic.services.jobs.idle()
  return client.imports.get({ batchId: batch.id })
}

/** Stages and files; resolves when the job has come to its end. */
export async function importFiles(
  clinic: TestClinic,
  role: Role,
  files: readonly GivenFile[],
  sourceName = 'Hospital',
): Promise<Batch> {
  const staged = await stage(clinic, role, files, sourceName)
  await clinic.as(role).imports.start({ batchId: staged.id })
  return settled(clinic, role, staged.id)
}

export async function undo(clinic: TestClinic, role: Role, batchId: string): Promise<Batch> {
  await clinic.as(role).imports.undo({ batchId: batchId as Batch['id'], reason: 'wrong file' })
  return settled(clinic, role, batchId)
}

export async function settled(clinic: TestClinic, role: Role, batchId: string): Promise<Batch> {
  await clinic.clinic.services.jobs.idle()
  return clinic.as(role).imports.get({ batchId: batchId as Batch['id'] })
}

export const bundleOf = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
})

/** Tables of the record: what an import may add to. Its own bookkeeping and people's accounts are not among them. */
const recordTables = modules
  .flatMap((m) => m.tables)
  .filter((t): t is SyncedTable => t.kind === 'synced')
  .filter(
    (t) =>
      !['import_batch', 'import_review', 'user_account', 'role_grant', 'user_signing_key'].includes(t.name),
  )
  .map((t) => t.name)

/** Rows that are shown, by table; those of the record only. */
export function visibleRows(clinic: TestClinic): Record<string, number> {
  const db = clinic.raw()
  try {
    const counts = recordTables.map((t): [string, number] => [
      t,
      Number(db.prepare(`select count(*) from ${t} where voided_at is null`).pluck().get()),
    ])
    return Object.fromEntries(counts.filter(([, n]) => n > 0))
  } finally {
    db.close()
  }
}

/** Changes when any row of the record does, hidden ones included. */
export function recordDigest(clinic: TestClinic): string {
  const db = clinic.raw()
  try {
    const hash = createHash('sha256')
    for (const t of recordTables) {
      for (const row of db.prepare(`select * from ${t} order by id`).raw().iterate()) {
        for (const value of row as unknown[])
          hash.update(value instanceof Uint8Array ? value : `${String(value)}\0`)
      }
    }
    return hash.digest('hex')
  } finally {
    db.close()
  }
}
