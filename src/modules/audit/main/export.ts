// An export of the trail: CSV, a manifest that says what it is, and this device's signature under the manifest, in one
// ZIP. `checkExport` needs nothing but the file, so that anybody can check it later without the clinic.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import * as z from 'zod'
import type { PrepareContext } from '#core/rpc/context.ts'
import type { AuditDesk } from '#core/store/audit-desk.ts'
import { AppError } from '#shared/errors.ts'
import { AuditFilters } from '../shared/contract.ts'
import { csvLine } from './csv.ts'
import { entriesPage, liner } from './list.ts'

export const mostExported = 200_000
const pageLength = 2_000
const label = strToU8('osler:audit-export:1\0')
const names = { csv: 'audit.csv', manifest: 'manifest.json', signature: 'manifest.sig' } as const

const head = [
  'number',
  'time_utc',
  'clock',
  'user_id',
  'user',
  'role',
  'session',
  'door',
  'action',
  'category',
  'patient_alias',
  'patient_id',
  'outcome',
  'code',
  'detail',
  'commits',
  'operation',
] as const

export const Manifest = z.strictObject({
  format: z.literal('osler-audit-export-1'),
  clinic: z.string(),
  device: z.string(),
  /** SPKI, base64. */
  publicKey: z.string(),
  exportedAt: z.string(),
  exportedBy: z.string(),
  filters: AuditFilters,
  entries: z.number().int(),
  csv: z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: z.string() }),
  /** Where the chain ended when this was made. */
  chain: z.strictObject({ seq: z.number().int(), mac: z.string() }),
})
export type Manifest = z.infer<typeof Manifest>

export interface MadeExport {
  readonly bytes: Uint8Array
  readonly entries: number
  readonly sha256: string
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Page by page, so that the window stays alive. @throws TOO_MUCH beyond 200,000 entries. */
export async function makeExport(
  ctx: PrepareContext,
  desk: AuditDesk,
  filters: AuditFilters,
): Promise<MadeExport> {
  const parts: string[] = [csvLine(head)]
  const line = liner(ctx.read, true)
  let entries = 0
  for (let after: Parameters<typeof entriesPage>[1]['after'] = null; ; ) {
    const { rows, next } = entriesPage(ctx.read, {
      filters,
      sort: 'seq',
      direction: 'desc',
      after,
      limit: pageLength,
    })
    entries += rows.length
    if (entries > mostExported) throw new AppError('TOO_MUCH', { most: mostExported })
    for (const row of rows) {
      const e = line(row)
      const alias = row.patient_alias
      parts.push(
        csvLine([
          e.seq,
          e.at,
          e.clock,
          e.userId,
          e.userName,
          e.role,
          e.sessionId,
          e.door,
          e.action,
          e.category,
          alias,
          e.patientId,
          e.outcome,
          e.code,
          e.detail,
          e.commits,
          e.opId,
        ]),
      )
    }
    if (!next) break
    after = next
    await nextTurn()
  }
  // The mark tells spreadsheets that this is UTF-8.
  const csv = strToU8(`\uFEFF${parts.join('')}`)
  const { head: chain } = desk.state()
  const { deviceId, publicKey } = desk.sign(label)
  const digest = sha256(csv)
  const manifest: Manifest = {
    format: 'osler-audit-export-1',
    clinic: desk.clinicMark,
    device: deviceId,
    publicKey: Buffer.from(publicKey).toString('base64'),
    exportedAt: ctx.now,
    exportedBy: ctx.actor.userName,
    filters,
    entries,
    csv: { name: names.csv, bytes: csv.length, sha256: digest },
    chain: { seq: chain.seq, mac: Buffer.from(chain.mac).toString('hex') },
  }
  const manifestBytes = strToU8(`${JSON.stringify(manifest, null, 2)}\n`)
  const { signature } = desk.sign(signedBytes(manifestBytes))
  const bytes = zipSync({
    [names.csv]: csv,
    [names.manifest]: manifestBytes,
    [names.signature]: strToU8(Buffer.from(signature).toString('base64')),
  })
  return { bytes, entries, sha256: digest }
}

const signedBytes = (manifest: Uint8Array): Uint8Array =>
  Buffer.concat([label, createHash('sha256').update(manifest).digest()])

export type ExportFault = 'not-an-export' | 'wrong-signature' | 'changed-entries'
export interface ExportCheck {
  readonly ok: boolean
  readonly fault: ExportFault | null
  readonly manifest: Manifest | null
  /** Groups to compare with what the clinic's own page shows for its device. */
  readonly keyFingerprint: string | null
}

const mostUnpacked = 400 * 2 ** 20

export function checkExport(file: Uint8Array): ExportCheck {
  const bad = (fault: ExportFault, manifest: Manifest | null = null): ExportCheck => ({
    ok: false,
    fault,
    manifest,
    keyFingerprint: manifest ? fingerprintOf(manifest.publicKey) : null,
  })
  let files: Record<string, Uint8Array>
  let manifest: Manifest
  try {
    files = unzipSync(file, {
      filter: (f) => (Object.values(names) as string[]).includes(f.name) && f.originalSize < mostUnpacked,
    })
    manifest = Manifest.parse(JSON.parse(strFromU8(files[names.manifest] ?? new Uint8Array())))
  } catch {
    return bad('not-an-export')
  }
  const [csv, text, sig] = [files[names.csv], files[names.manifest], files[names.signature]]
  if (!csv || !text || !sig) return bad('not-an-export')
  if (!isSigned(text, sig, manifest.publicKey)) return bad('wrong-signature', manifest)
  if (csv.length !== manifest.csv.bytes || sha256(csv) !== manifest.csv.sha256)
    return bad('changed-entries', manifest)
  return { ok: true, fault: null, manifest, keyFingerprint: fingerprintOf(manifest.publicKey) }
}

function isSigned(manifest: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, signedBytes(manifest), key, Buffer.from(strFromU8(signature), 'base64'))
  } catch {
    return false
  }
}

export function fingerprintOf(publicKey: string): string {
  const hex = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 32)
  return (hex.match(/.{4}/g) ?? []).join(' ')
}
