// Fills an audit log with many valid entries fast: the real trail on the real schema, one transaction.
import { type Connection } from '#core/db/connection.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { type AuditEntry, createAuditTrail } from '#core/store/audit.ts'
import { mintId } from '#core/store/mint.ts'
import { seededRandom } from './random.ts'

export interface FillOptions {
  readonly entries: number
  readonly users: readonly string[]
  readonly aliases: readonly string[]
  readonly fromMs: number
  readonly stepMs: number
  readonly checkpointEvery?: number
  readonly seed?: number
}

const roles = ['doctor', 'nurse', 'reception', 'billing', 'admin']
const acts = [
  ['chart.open', 'clinical'],
  ['patient.view', 'demographics'],
  ['note.sign', 'clinical'],
  ['invoice.view', 'billing'],
  ['patient.search', 'demographics'],
  ['session.sign-in', 'account'],
  ['settings.save', 'configuration'],
] as const

/** Aliases are put straight into the entries: patients need not exist. */
export function fillAudit(db: Connection, keys: ClinicKeys, options: FillOptions): void {
  const random = seededRandom(options.seed ?? 5)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const aliasById = new Map(options.aliases.map((alias) => [alias, alias]))
  const trail = createAuditTrail(withAliases(db, aliasById), keys, writerNumber(db))
  db.exec('begin immediate')
  for (let n = 0; n < options.entries; n++) {
    const atMs = options.fromMs + n * options.stepMs
    const [action, category] = any(acts)
    const userId = random() < 0.03 ? null : any(options.users)
    const entry: AuditEntry = {
      at: new Date(atMs).toISOString(),
      clock: 'unknown',
      userId,
      role: userId === null ? null : any(roles),
      sessionId: userId === null ? null : 'a'.repeat(32),
      door: userId === null ? 'job' : random() < 0.7 ? 'ipc' : 'https',
      action,
      category,
      patients: random() < 0.6 ? [any(options.aliases)] : [],
      outcome: random() < 0.98 ? 'ok' : random() < 0.8 ? 'refused' : 'failed',
      code: null,
      opId: mintId(atMs),
      detail: null,
      commits: random() < 0.2 ? String(n) : null,
      hashes: random() < 0.2 ? [Buffer.alloc(32, n % 251)] : [],
    }
    trail.accept(trail.append(entry))
    const every = options.checkpointEvery ?? 1_000
    if (n % every === every - 1) trail.checkpoint(atMs, entry.at, true)
  }
  trail.checkpoint(
    options.fromMs + options.entries * options.stepMs,
    new Date(options.fromMs).toISOString(),
    true,
  )
  db.exec('commit')
}

const writerNumber = (db: Connection): number =>
  Number(db.prepare('select coalesce(max(n), 1) from sync_writer').pluck().get())

/** The trail asks the database for a patient's alias; here the id is the alias. */
function withAliases(db: Connection, known: ReadonlyMap<string, string>): Connection {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') {
        return (sql: string) =>
          sql.includes('audit_alias')
            ? { pluck: () => ({ get: (id: string) => known.get(id) }) }
            : target.prepare(sql)
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
}
