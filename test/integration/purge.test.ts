// PRIV-05, AUD-10, BAK-07: what is erased is in no page any more, while both chains still verify; a forged erasure does not.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { changesOf, decodeChange, encodeBody, entriesOf } from '#core/store/commit.ts'
import { ledgerFile } from '#core/store/purge.ts'
import type { PatientId } from '#shared/ids.ts'
import { keepAside, writeTestKeyFile } from '#testkit/backup.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { importFiles } from '#testkit/importing.ts'
import { wordsInFiles } from '#testkit/page-scan.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** Fifty words that stand nowhere else, as one word of letters so that the search index takes them whole. */
const canaries = Array.from(
  { length: 50 },
  (_, n) => `zqx${letters[Math.floor(n / 26)]}${letters[n % 26]}vwcanary`,
)
const word = (n: number) => canaries[n] ?? ''

/** A patient whose fifty words lie in rows, index, originals, drafts, caches and commits, several times over. */
async function fill(clinic: TestClinic): Promise<PatientId> {
  const resources = Array.from({ length: 20 }, (_, n) => ({
    resourceType: 'Condition',
    id: `c${n}`,
    subject: { reference: 'Patient/x' },
    code: { text: word(10 + n) },
    note: [{ text: `${word(10 + n)} `.repeat(300) }],
  }))
  await importFiles(clinic, 'admin', [
    [
      `${word(0)}.json`,
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          {
            resource: {
              resourceType: 'Patient',
              id: 'x',
              name: [{ text: `${word(1)} ${word(2)}`, family: word(2) }],
              birthDate: '1960-01-01',
              telecom: [{ system: 'phone', value: word(3) }],
              address: [{ line: [word(4)], city: word(5) }],
            },
          },
          {
            resource: {
              resourceType: 'Flag',
              id: 'f',
              subject: { reference: 'Patient/x' },
              code: { text: word(6) },
            },
          },
          ...resources.map((resource) => ({ resource })),
        ],
      },
    ],
  ])
  const [row] = clinic.read((r) =>
    r.list((db) => db.selectFrom('patient').select('id').where('family', '=', word(2))),
  )
  const patientId = row?.id as PatientId
  const doctor = clinic.as('doctor')
  const draft = await doctor.notes.start({ patientId, title: word(7) })
  const body = (text: string) => ({
    type: 'doc' as const,
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  })
  await doctor.notes.saveDraft({
    patientId,
    draftId: draft.id,
    step: draft.step,
    title: word(7),
    body: body(word(8)),
  })
  for (let n = 30; n < 40; n++)
    await clinic.as('reception').patients.addFlag({ patientId, kind: 'sticky', text: word(n) })
  for (let n = 40; n < 50; n++)
    await clinic.as('reception').patients.addFlag({ patientId, kind: 'alert', text: word(n) })
  const signed = await doctor.notes.start({ patientId, title: word(9) })
  await doctor.notes.saveDraft({
    patientId,
    draftId: signed.id,
    step: signed.step,
    title: word(9),
    body: body(`${word(9)} in a signed note`),
  })
  await doctor.notes.sign({ patientId, draftId: signed.id, step: signed.step + 1 })
  return patientId
}

const purgeWhole = (clinic: TestClinic, patientId: string) =>
  clinic.transact((ctx) => clinic.clinic.services.purge(ctx, { order: ctx.mint(), patientId, whole: true }))

test('PRIV-05: 50 canaries of a patient are in no page, log or file afterwards, and everybody else is as before', async () => {
  await using clinic = await testClinic()
  const other = await clinic.as('reception').patients.register({ name: 'Other Patient', gender: 'female' })
  const patientId = await fill(clinic)
  clinic.checkpoint()
  expect(wordsInFiles(clinic, canaries)).toEqual(canaries)
  const aliasBefore = clinic.audit().filter((a) => a.patient_alias !== null).length

  const erased = purgeWhole(clinic, patientId)
  expect(erased.rows).toBeGreaterThan(60)
  expect(erased.changes).toBeGreaterThanOrEqual(erased.rows)
  expect(wordsInFiles(clinic, canaries)).toEqual([])
  expect(clinic.clinic.verify()).toMatchObject({ ok: true, commits: { ok: true }, control: { ok: true } })
  // AUD-10: the entries stay under their alias, which now leads nowhere.
  expect(clinic.audit().filter((a) => a.patient_alias !== null)).toHaveLength(aliasBefore)
  const { patients } = await clinic.as('reception').patients.search({ text: 'other' })
  expect(patients.map((p) => p.id)).toEqual([other.id])
  await expect(clinic.as('doctor').chart.open({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await using again = await clinic.reopen()
  expect(again.clinic.verify().ok).toBe(true)
  expect(wordsInFiles(again, canaries)).toEqual([])
})

test('PRIV-05: nor are the 50 canaries in what a restore kept, nor in a file from before a migration, once a good backup is there', async () => {
  await using clinic = await testClinic()
  writeTestKeyFile(clinic)
  const patientId = await fill(clinic)
  const kept = path.join(clinic.dir, keepAside(clinic))
  copyFileSync(path.join(clinic.dir, 'clinic.db'), path.join(clinic.dir, 'clinic.db.before-7'))
  clinic.tick(60_000)
  const makeBackup = async () => {
    await clinic.as('admin').backups.make({})
    await clinic.clinic.services.jobs.idle()
  }
  purgeWhole(clinic, patientId)
  expect(existsSync(path.join(clinic.dir, 'clinic.db.before-7'))).toBe(false)
  // Before a backup of the restored clinic it is the only way back: it stays, and is told (privacy.test.ts).
  expect(wordsInFiles(clinic, canaries)).toEqual(canaries)
  await makeBackup()
  expect(existsSync(kept)).toBe(false)
  expect(wordsInFiles(clinic, canaries)).toEqual([])
  expect(clinic.auditOf('backup.forget-kept')).toMatchObject([{ detail: path.basename(kept) }])
})

test('PRIV-05: a mark that no signed order covers is refused, wherever it stands', async () => {
  await using clinic = await testClinic()
  const patientId = await fill(clinic)
  await clinic.as('reception').patients.register({ name: 'Kept Patient', gender: 'male' })
  purgeWhole(clinic, patientId)
  expect(clinic.clinic.verify().ok).toBe(true)
  const db = clinic.raw()
  db.exec('drop trigger sync_commit_no_update')
  const all = db.prepare('select pos, body from sync_commit order by pos').all() as {
    pos: number
    body: Uint8Array
  }[]
  const hasMarks = all.filter((c) => entriesOf(c.body).some((e) => Array.isArray(e)))
  const hasChanges = all.filter((c) => changesOf(c.body).length > 0)
  const { changeHash } = await import('#core/store/commit.ts')
  const put = (pos: number, body: Uint8Array) =>
    db.prepare('update sync_commit set body = ? where pos = ?').run(body, pos)
  const order = Number(db.prepare('select max(n) from control_log').pluck().get())
  const tamper: [string, () => [number, Uint8Array]][] = [
    ...[order, 0, 999, 1].map((n): [string, () => [number, Uint8Array]] => [
      `a change hidden behind order ${n}`,
      () => {
        const commit = hasChanges.at(-1) as (typeof all)[0]
        const body = entriesOf(commit.body).map((e) =>
          e instanceof Uint8Array ? ([n, changeHash(e)] as const) : e,
        )
        return [commit.pos, encodeBody(body)]
      },
    ]),
    [
      'a mark with another hash',
      () => {
        const commit = hasMarks[0] as (typeof all)[0]
        const body = entriesOf(commit.body).map((e) =>
          Array.isArray(e) ? ([e[0] as number, Buffer.alloc(32, 7)] as const) : e,
        )
        return [commit.pos, encodeBody(body)]
      },
    ],
    [
      'a mark that names another order',
      () => {
        const commit = hasMarks[0] as (typeof all)[0]
        const body = entriesOf(commit.body).map((e) =>
          Array.isArray(e) ? ([998, e[1] as Uint8Array] as const) : e,
        )
        return [commit.pos, encodeBody(body)]
      },
    ],
    ['no list at all', () => [(all[0] as (typeof all)[0]).pos, Buffer.from([0x01])]],
  ]
  const missed: string[] = []
  for (const [name, make] of tamper) {
    const [pos, body] = make()
    const before = all.find((c) => c.pos === pos)?.body as Uint8Array
    put(pos, body)
    if (clinic.clinic.verify().commits.ok) missed.push(name)
    put(pos, before)
  }
  expect(clinic.clinic.verify().commits.ok).toBe(true)
  // The order itself, rewritten so that it would cover more.
  db.exec('drop trigger control_log_no_update')
  const body = db.prepare('select body from control_log where n = ?').pluck().get(order) as Uint8Array
  const changed = Buffer.from(body)
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
  db.prepare('update control_log set body = ? where n = ?').run(changed, order)
  if (clinic.clinic.verify().control.ok) missed.push('a changed order')
  db.close()
  expect(missed).toEqual([])
})

test('PRIV-05: erasing some rows leaves the rest, their history and both chains', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const one = await desk.patients.register({ name: 'Half Erased', gender: 'female' })
  const gone = await desk.patients.addFlag({ patientId: one.id, kind: 'sticky', text: word(1) })
  const stays = await desk.patients.addFlag({ patientId: one.id, kind: 'alert', text: word(2) })
  clinic.transact((ctx) =>
    clinic.clinic.services.purge(ctx, {
      order: ctx.mint(),
      patientId: one.id,
      whole: false,
      rows: [{ table: 'patient_flag', id: gone.id }],
    }),
  )
  expect(wordsInFiles(clinic, [word(1)])).toEqual([])
  expect(
    clinic.read((r) => r.list((db) => db.selectFrom('patient_flag').select('id'))).map((f) => f.id),
  ).toEqual([stays.id])
  const db = clinic.raw()
  const texts = (db.prepare('select body from sync_commit').pluck().all() as Uint8Array[]).flatMap((b) =>
    changesOf(b).map((c) => JSON.stringify(decodeChange(c).groups)),
  )
  db.close()
  expect(texts.some((t) => t.includes(word(2)))).toBe(true)
  expect(clinic.clinic.verify().ok).toBe(true)
})

test('BAK-07: an erased patient does not come back with an older database', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const one = await desk.patients.register({ name: 'Half Erased', gender: 'female' })
  const flag = await desk.patients.addFlag({ patientId: one.id, kind: 'sticky', text: word(3) })
  const patientId = await fill(clinic)
  clinic.checkpoint()
  const kept = path.join(clinic.dir, 'kept')
  mkdirSync(kept)
  for (const name of ['clinic.db', 'watermark'])
    copyFileSync(path.join(clinic.dir, name), path.join(kept, name))
  purgeWhole(clinic, patientId)
  clinic.transact((ctx) =>
    clinic.clinic.services.purge(ctx, {
      order: ctx.mint(),
      patientId: one.id,
      whole: false,
      rows: [{ table: 'patient_flag', id: flag.id }],
    }),
  )
  await clinic.close()
  expect(existsSync(ledgerFile(clinic.dir))).toBe(true)
  for (const name of ['clinic.db', 'watermark'])
    copyFileSync(path.join(kept, name), path.join(clinic.dir, name))
  rmSync(kept, { recursive: true })
  for (const name of ['clinic.db-wal', 'clinic.db-shm']) rmSync(path.join(clinic.dir, name), { force: true })

  await using restored = await clinic.reopen()
  expect(restored.auditOf('erasure.replay')).toHaveLength(2)
  expect(wordsInFiles(restored, canaries)).toEqual([])
  expect(restored.clinic.verify()).toMatchObject({ ok: true })
  expect((await restored.as('reception').patients.search({ text: 'half' })).patients).toHaveLength(1)
  await using again = await restored.reopen()
  expect(again.auditOf('erasure.replay')).toHaveLength(2)
})

test('BAK-07: a ledger nobody here has signed erases nobody', async () => {
  await using clinic = await testClinic()
  const patientId = await fill(clinic)
  await using stranger = await testClinic()
  const own = await stranger.as('reception').patients.register({ name: 'Somebody', gender: 'male' })
  purgeWhole(stranger, own.id)
  const { exportLedger, readLedger } = await import('#core/store/erasure-ledger.ts')
  const bytes = readLedger(ledgerFile(stranger.dir)) as Uint8Array
  expect(bytes).toEqual(Buffer.from(exportLedger(stranger.raw())))
  await clinic.close()
  writeFileSync(ledgerFile(clinic.dir), bytes)
  await using opened = await clinic.reopen()
  expect(opened.auditOf('erasure.replay')).toHaveLength(0)
  expect(opened.clinic.verify().ok).toBe(true)
  await opened.as('doctor').chart.open({ patientId })
})

test('BAK-07: a ledger that cannot be read is made anew, told, and keeps no clinic closed', async () => {
  await using clinic = await testClinic()
  writeFileSync(ledgerFile(clinic.dir), 'not a ledger')
  const again = await clinic.reopen()
  expect(again.auditOf('erasure.ledger-damaged')).toMatchObject([{ outcome: 'failed' }])
  expect(() => JSON.parse(readFileSync(ledgerFile(again.dir), 'utf8')) as unknown).not.toThrow()
  await again.close()
})
