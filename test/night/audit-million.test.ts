// AUD-06, AUD-08: a million entries. Times are compared within the run: the check with reading and hashing the same rows by
// hand, each page with the SQL a careful person would write. Seconds are printed.
import { createHash, createHmac } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, openConnection } from '#core/db/connection.ts'
import { auditColumns } from '#core/store/audit-format.ts'
import { verifyAuditChain } from '#core/store/audit.ts'
import { auditSorts, type Cursor } from '#modules/audit/shared/contract.ts'
import { fillAudit } from '#testkit/audit-entries.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'

const entries = 1_000_000
const begin = Date.UTC(2024, 0, 1)
const stepMs = 60_000
const hour = 3_600_000

let million: TestClinic
let tenThousand: TestClinic
let db: Connection
let patient: { id: string; alias: string }

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const print = (text: string) => process.stderr.write(`${text}\n`)
const seconds = (ms: number) => `${(ms / 1000).toFixed(3)} s`
const timed = <T>(run: () => T): [number, T] => {
  const started = performance.now()
  const value = run()
  return [performance.now() - started, value]
}

async function clinicWith(count: number): Promise<TestClinic> {
  const clinic = await testClinic({ startAt: begin })
  const desk = clinic.as('reception')
  for (let n = 0; n < 200; n++) await desk.patients.register({ name: `Person ${n}`, gender: 'female' })
  const aliases = clinic.read((read) =>
    read.list((q) => q.selectFrom('patient').select('audit_alias').orderBy('n')),
  )
  const users = (['admin', 'doctor', 'nurse', 'reception', 'billing'] as const).map((role) =>
    clinic.userId(role),
  )
  await clinic.close()
  const raw = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  // Indexes grow in one go afterwards: kept up entry by entry, they would be most of the time.
  const indexes = raw
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and tbl_name = 'audit_log' and sql is not null`,
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) raw.exec(`drop index ${name}`)
  fillAudit(raw, clinic.keys, {
    entries: count,
    users,
    // Most entries are about people who are not among the two hundred.
    aliases: [
      ...aliases.map((row) => row.audit_alias),
      ...Array.from({ length: 20_000 }, (_, n) => `other-${n}`),
    ],
    fromMs: begin + hour,
    stepMs,
  })
  for (const { sql } of indexes) raw.exec(sql)
  raw.close()
  return await testClinic({ startAt: begin + 2 * hour + count * stepMs, reopen: clinic })
}

beforeAll(async () => {
  tenThousand = await clinicWith(10_000)
  million = await clinicWith(entries)
  db = openConnection(path.join(million.dir, 'clinic.db'), million.keys.database, 'read')
  patient = db
    .prepare(`select id, audit_alias as alias from patient where name_text = 'Person 7'`)
    .get() as typeof patient
})
afterAll(async () => {
  db.close()
  await million[Symbol.asyncDispose]()
  await tenThousand[Symbol.asyncDispose]()
})

test('AUD-06: the full check of a million entries costs little more than reading and hashing them', () => {
  const byHand = () => {
    const rows = db.prepare(`select ${auditColumns.join(', ')}, mac from audit_log order by seq`).raw()
    const sha = createHash('sha256')
    let mac = Buffer.alloc(32)
    let count = 0
    for (const row of rows.iterate() as Iterable<unknown[]>) {
      const bytes = JSON.stringify(
        row.map((v) => (v instanceof Uint8Array ? Buffer.from(v).toString('hex') : v)),
      )
      sha.update(bytes)
      mac = createHmac('sha256', million.keys.auditMac).update(mac).update(bytes).digest()
      count += 1
    }
    sha.digest()
    return count
  }
  const [ours, hand]: [number[], number[]] = [[], []]
  for (let run = 0; run < 3; run++) {
    const [checked, report] = timed(() => verifyAuditChain(db, million.keys))
    expect(report).toMatchObject({ ok: true })
    expect(report.entries).toBeGreaterThan(entries)
    const [read, count] = timed(byHand)
    expect(count).toBe(report.entries)
    ours.push(checked)
    hand.push(read)
  }
  const ratio = median(ours) / median(hand)
  print(`full check ${seconds(median(ours))}, by hand ${seconds(median(hand))}, ratio ${ratio.toFixed(2)}`)
  expect(ratio).toBeLessThan(2)
})

test('AUD-06: the quick check and what stands before an opening do not grow with the log', async () => {
  const quick = (clinic: TestClinic) => {
    const [ms, report] = timed(() => clinic.clinic.services.audit.quickCheck())
    expect(report.ok).toBe(true)
    return ms
  }
  const measured = { quickSmall: [] as number[], quickLarge: [] as number[] }
  for (let run = -1; run < 21; run++) {
    const [small, large] = [quick(tenThousand), quick(million)]
    if (run < 0) continue
    measured.quickSmall.push(small)
    measured.quickLarge.push(large)
  }
  const opened = { small: [] as number[], large: [] as number[] }
  for (let run = 0; run < 7; run++) {
    for (const [which, clinic] of [
      ['small', tenThousand],
      ['large', million],
    ] as const) {
      await clinic.close()
      const started = performance.now()
      const again = await testClinic({ startAt: clinic.now(), reopen: clinic })
      opened[which].push(performance.now() - started)
      if (which === 'small') tenThousand = again
      else million = again
    }
  }
  const [small, large] = [median(measured.quickSmall), median(measured.quickLarge)]
  print(`quick check ${seconds(large)} of a million, ${seconds(small)} of ten thousand`)
  print(
    `opening ${seconds(median(opened.large))} with a million, ${seconds(median(opened.small))} with ten thousand`,
  )
  expect(large / small).toBeLessThan(2)
  expect(median(opened.large) / median(opened.small)).toBeLessThan(2)
})

const columnOf = {
  seq: 'seq',
  at: 'at',
  person: 'user_id',
  role: 'role',
  door: 'door',
  action: 'action',
  category: 'category',
  patient: 'patient_alias',
  outcome: 'outcome',
} as const

interface Question {
  readonly name: string
  readonly ask: Readonly<Record<string, unknown>>
  /** What is asked of the log by hand: the condition, the order, and where a page begins. */
  readonly where: string
  readonly values: readonly (string | number)[]
  readonly order: string
}

const iso = (n: number) => new Date(begin + hour + n * stepMs).toISOString()

function sortQuestions(): Question[] {
  return auditSorts.flatMap((sort) => {
    const column = columnOf[sort]
    const order = column === 'seq' ? 'l.seq desc' : `l.${column} desc, l.seq desc`
    const first: Question = { name: `sort ${sort}`, ask: { sort }, where: '1', values: [], order }
    const deep = db
      .prepare(`select l.seq, l.${column} as value from audit_log l where l.${column} is not null
        order by ${order} limit 1 offset 300000`)
      .get() as { seq: number; value: string } | undefined
    if (!deep) throw new Error(`no page a way down by ${sort}`)
    const after: Cursor = { value: sort === 'seq' ? null : deep.value, seq: deep.seq }
    const isSeq = column === 'seq'
    return [
      first,
      {
        name: `sort ${sort}, deep`,
        ask: { sort, after },
        where: isSeq ? 'l.seq < ?' : `(l.${column}, l.seq) < (?, ?)`,
        values: isSeq ? [deep.seq] : [deep.value, deep.seq],
        order,
      },
    ]
  })
}

function filterQuestions(): Question[] {
  const user = million.userId('nurse')
  const order = 'l.seq desc'
  const week = [iso(500_000), iso(510_080)]
  const year = [iso(200_000), iso(725_600)]
  const of = (name: string, ask: Question['ask'], where: string, values: (string | number)[]): Question[] => [
    { name, ask, where, values, order },
  ]
  const period = 'l.at >= ? and l.at < ?'
  const about = `l.seq in (select seq from audit_log where patient_alias = ? union all select seq from audit_patient where patient_alias = ?)`
  const aliases = [patient.alias, patient.alias]
  return [
    ...of('a week', { from: week[0], to: week[1] }, period, week),
    ...of('a year', { from: year[0], to: year[1] }, period, year),
    ...of('everything in a period', { from: iso(0), to: iso(entries) }, period, [iso(0), iso(entries)]),
    ...of('a person', { person: user }, 'l.user_id = ?', [user]),
    ...of('a person in a week', { person: user, from: week[0], to: week[1] }, `l.user_id = ? and ${period}`, [
      user,
      ...week,
    ]),
    ...of('a patient', { aboutPatient: patient.id }, about, aliases),
    ...of(
      'a patient in a year',
      { aboutPatient: patient.id, from: year[0], to: year[1] },
      `${about} and ${period}`,
      [...aliases, ...year],
    ),
    ...of('an action', { action: 'note.sign' }, `l.action = 'note.sign'`, []),
    ...of(
      'an action in a week',
      { action: 'note.sign', from: week[0], to: week[1] },
      `l.action = 'note.sign' and ${period}`,
      week,
    ),
    ...of(
      'an action of a person',
      { action: 'note.sign', person: user },
      `l.action = 'note.sign' and l.user_id = ?`,
      [user],
    ),
    ...of(
      'a kind of action',
      { action: 'patient' },
      `l.action in ('patient.search', 'patient.view', 'patient.register')`,
      [],
    ),
    ...of('what was refused', { outcome: 'refused' }, `l.outcome = 'refused'`, []),
    ...of('a category', { category: 'billing' }, `l.category = 'billing'`, []),
    ...of('a door', { door: 'https' }, `l.door = 'https'`, []),
  ]
}

test('AUD-08: filtered and sorted by anything, a page of a million entries takes under a second and at most twice the time of SQL by hand, calls aside', async () => {
  const entry = handWrittenEntry()
  const figures: { name: string; ours: number; hand: number }[] = []
  for (const { name, ask, where, values, order } of [...sortQuestions(), ...filterQuestions()]) {
    const byHand = db.prepare(
      `select l.*, u.name, p.id as patient, p.name_text,
         (select count(*) from audit_patient a where a.seq = l.seq) as more
       from audit_log l left join user_account u on u.id = l.user_id
       left join patient p on p.audit_alias = l.patient_alias
       where ${where} order by ${order} limit 51`,
    )
    const [ours, hand]: [number[], number[]] = [[], []]
    for (let run = -1; run < 7; run++) {
      const started = performance.now()
      const reply = await million.call(
        'audit.list',
        { direction: 'desc', ...ask },
        { token: million.tokenOf('privacy') },
      )
      const between = performance.now()
      byHand.all(...values)
      entry.write()
      const ended = performance.now()
      expect(reply.ok, name).toBe(true)
      if (run < 0) continue
      ours.push(between - started)
      hand.push(ended - between)
    }
    figures.push({ name, ours: median(ours), hand: median(hand) })
  }
  entry.close()
  // What any audited question costs, whatever it asks: the door, the rights, the entry.
  const plain: number[] = []
  for (let run = 0; run < 15; run++) {
    const started = performance.now()
    await million.call('audit.settings', {}, { token: million.tokenOf('privacy') })
    plain.push(performance.now() - started)
  }
  const fixed = median(plain)
  print(`an audited question costs ${seconds(fixed)} whatever it asks`)
  for (const { name, ours, hand } of figures)
    print(
      `${name.padEnd(24)} ours ${seconds(ours)}, by hand ${seconds(hand)}, ratio ${(ours / hand).toFixed(2)}`,
    )
  expect(figures.filter(({ ours }) => ours >= 1_000)).toEqual([])
  expect(figures.filter(({ ours, hand }) => ours > 2 * hand + fixed)).toEqual([])
})

/** Whoever reads the log is in it: by hand this is one durable insert into a log like the real one. */
function handWrittenEntry(): { write(): void; close(): void } {
  const own = openConnection(path.join(tenThousand.dir, 'clinic.db'), tenThousand.keys.database, 'write')
  const indexes = own
    .prepare(
      `select sql from sqlite_master where type = 'index' and tbl_name = 'audit_log' and sql is not null`,
    )
    .pluck()
    .all() as string[]
  own.exec('create table hand_log as select * from audit_log')
  for (const sql of indexes)
    own.exec(sql.replace(/create index (\w+) on audit_log/i, 'create index hand_$1 on hand_log'))
  const insert = own.prepare(
    `insert into hand_log (seq, at, clock, writer, user_id, role, session_id, door, action, category, outcome, op_id, mac)
     values (?, ?, 'unknown', 1, ?, 'privacy', 's', 'ipc', 'audit.list', 'audit', 'ok', ?, zeroblob(32))`,
  )
  let seq = 10_000_000
  return {
    write: () => insert.run(++seq, new Date().toISOString(), million.userId('privacy'), `op-${seq}`),
    close() {
      own.exec('drop table hand_log')
      own.close()
    },
  }
}
