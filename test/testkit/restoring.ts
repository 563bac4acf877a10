// A clinic with a kit, people and rows, its backup, and another empty computer: what restore tests begin with.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ClinicHost, HostOptions } from '#core/host.ts'
import { mintId } from '#core/store/mint.ts'
import type { Reply } from '#shared/errors.ts'
import { testCaller, testFounding, type TestHost, testHost, testPassword } from './host.ts'

export interface Sheet {
  readonly id: string
  readonly groups: readonly string[]
  readonly ask: readonly number[]
}

export function must(reply: Reply): unknown {
  if (reply.ok) return reply.value
  throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.details)}`)
}

/** Puts the kit that waits "on paper" and returns its text. */
export async function confirmKit(host: ClinicHost): Promise<string> {
  const sheet = must(await host.bootstrap('kitSheet', {}, testCaller())) as Sheet
  const typed = sheet.ask.map((at) => sheet.groups[at])
  must(await host.bootstrap('confirmKit', { typed }, testCaller()))
  return sheet.groups.join('-')
}

export interface BackedUp extends AsyncDisposable {
  readonly home: TestHost
  readonly host: ClinicHost
  readonly caller: ReturnType<typeof testCaller>
  readonly kit: string
  readonly dir: string
  call(procedure: string, input: unknown): Promise<unknown>
  /** Makes a backup now and returns its file. */
  backup(): Promise<string>
  /** Each table's rows as one hash; the tables a restore itself writes to are left out. */
  hashes(host?: ClinicHost): Record<string, string>
}

export async function backedUpClinic(more: Partial<HostOptions> = {}): Promise<BackedUp> {
  const home = testHost()
  const host = await home.open(more)
  const caller = testCaller()
  const { kit: _later, ...founding } = testFounding
  must(await host.bootstrap('create', founding, caller))
  const kit = await confirmKit(host)
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-restoring-'))
  let count = 0
  const call = async (procedure: string, input: unknown) =>
    must(await host.dispatch({ procedure, input, opId: mintId(Date.now()) }, caller))
  mkdirSync(path.join(home.dir, 'attachments'))
  writeFileSync(path.join(home.dir, 'attachments', 'a1b2c3'), 'sealed picture '.repeat(500))
  return {
    home,
    host,
    caller,
    kit,
    dir,
    call,
    async backup() {
      const clinic = host.clinic()
      if (!clinic) throw new Error('not open')
      const at = new Date(clinic.services.clock()).toISOString()
      const { file } = await clinic.services.backups.make(mintId(Date.now()), at, `b${++count}.oslerbackup`)
      const kept = path.join(dir, `b${count}.oslerbackup`)
      copyFileSync(file, kept)
      return kept
    },
    hashes: (of = host) => tableHashes(of),
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function tableHashes(host: ClinicHost): Record<string, string> {
  const clinic = host.clinic()
  if (!clinic) throw new Error('not open')
  return clinic.read((read) => {
    const names = read
      .list((db) =>
        db
          .selectFrom('sqlite_master' as never)
          .select(['name' as never])
          .where('type' as never, '=', 'table' as never),
      )
      .map((row) => (row as { name: string }).name)
      .filter((name) => !name.startsWith('sqlite_') && !name.startsWith('patient_search'))
    return Object.fromEntries(
      names.toSorted().map((name) => {
        const rows = read.list((db) => db.selectFrom(name as never).selectAll())
        const texts = rows.map((row) =>
          JSON.stringify(row, (_key, value: unknown) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
          ),
        )
        return [name, createHash('sha256').update(texts.toSorted().join('\n')).digest('hex')]
      }),
    )
  })
}

export const people = { username: 'anna', password: testPassword }
