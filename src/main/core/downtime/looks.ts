// Who read the packet while nothing could be written down: one sealed line a look, beside the database, until the clinic
// opens and the trail takes them over. Sealed, so that nobody without the keys can read or invent one.
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { roles } from '#shared/permissions.ts'
import { Instant } from '#shared/time.ts'
import type { OpenClinic } from '../clinic-types.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { unwrapKey, wrapKey } from '../keys/wrap.ts'
import type { Logger } from '../log/logger.ts'

export const looksFile = (dir: string): string => path.join(dir, 'downtime.looks')

type LookKeys = Pick<ClinicKeys, 'downtime' | 'clinicId'>

const Look = z.strictObject({
  at: Instant,
  door: z.enum(['ipc', 'https', 'cli', 'job']),
  /** `null`: the recovery kit. */
  reader: z.strictObject({ userId: z.string(), role: z.enum(roles) }).nullable(),
  writtenAt: Instant,
  /** Wrong tries before it. */
  wrongTries: z.number().int(),
  /** Ids of everybody who stood in the list. */
  patients: z.array(z.string()).readonly(),
})
export type Look = z.infer<typeof Look>

const contextOf = (keys: LookKeys) => JSON.stringify(['osler/downtime-look/v1', keys.clinicId])
const nonceLength = 12

export function rememberLook(dir: string, keys: LookKeys, look: Look): void {
  const { nonce, wrapped } = wrapKey(keys.downtime, Buffer.from(JSON.stringify(look)), contextOf(keys))
  const line = Buffer.concat([nonce, wrapped]).toString('base64url')
  appendFileSync(looksFile(dir), `${line}\n`, { mode: 0o600, flush: true })
}

function lookFrom(keys: LookKeys, line: string): Look | null {
  const bytes = Buffer.from(line, 'base64url')
  const sealed = { nonce: bytes.subarray(0, nonceLength), wrapped: bytes.subarray(nonceLength) }
  const plain = unwrapKey(keys.downtime, sealed, contextOf(keys))
  if (!plain) return null
  const look = Look.safeParse(JSON.parse(plain.toString('utf8')))
  return look.success ? look.data : null
}

/** Each look becomes an entry of its own; then the file goes. One that cannot be read is an entry too. */
export function auditLooks(clinic: OpenClinic, dir: string, keys: LookKeys, log: Logger): void {
  const file = looksFile(dir)
  if (!existsSync(file)) return
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    for (const line of lines.filter((text) => text !== '')) auditLine(clinic, lookFrom(keys, line))
    rmSync(file, { force: true })
  } catch (error) {
    // A full disk must not keep the clinic shut; the file waits for the next opening.
    log.error('looks into the downtime packet are not in the trail yet', { error })
  }
}

function auditLine(clinic: OpenClinic, look: Look | null): void {
  const act = { action: 'downtime.read', category: 'clinical' } as const
  if (!look) {
    const detail = 'a line that was not written by this clinic'
    clinic.transact({ actor: null, door: 'job' }, { ...act, detail }, () => {})
    return
  }
  const { reader } = look
  const actor = reader && {
    userId: reader.userId,
    userName: '',
    role: reader.role,
    roles: [reader.role],
    sessionId: 'downtime',
  }
  const by = reader ? 'password' : 'kit'
  const detail = `at=${look.at} copy=${look.writtenAt} by=${by} wrong-tries=${look.wrongTries}`
  clinic.transact({ actor, door: look.door }, { ...act, patients: look.patients, detail }, () => {})
}
