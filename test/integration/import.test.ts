// Imports as people use them: files come in through the upload route, are looked at, filed, seen in the chart.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { importPaths } from '#modules/imports/main/api.ts'
import * as queries from '#modules/imports/main/queries.ts'
import * as undoQueries from '#modules/imports/main/undo-queries.ts'
import { testClinic } from '#testkit/clinic.ts'
import { bundleOf, importFiles, recordDigest, settled, stage, visibleRows } from '#testkit/importing.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import { testData } from '#testkit/read-fhir.ts'

const carla = 'Carla_Echevarría_9a628ccd-2a55-4331-8e68-bb58458fd674.json.gz'
const synthea = (name: string) => [name, readFileSync(path.join(testData, 'synthea', name))] as const
const patient = (id: string, fields: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: `Patient ${id}` }],
  birthDate: '1980-01-01',
  ...fields,
})
const flag = (id: string, of: string) => ({
  resourceType: 'Flag',
  id,
  subject: { reference: `Patient/${of}` },
})

describe('from files to charts', () => {
  test('a doctor brings a record: preview, filing, chart, originals', { timeout: 60_000 }, async () => {
    await using clinic = await testClinic()
    const doctor = clinic.as('doctor')
    const staged = await stage(clinic, 'doctor', [synthea(carla)])
    expect(staged).toMatchObject({ status: 'ready', createdByName: 'Test doctor' })
    expect(staged.counts).toMatchObject({
      files: 1,
      resources: 198,
      patients: 1,
      filed: 0,
      created: 0,
      refused: 0,
    })
    expect(staged.counts.byType.find((t) => t.resourceType === 'Observation')).toMatchObject({
      keptAsSource: 0,
    })
    expect(visibleRows(clinic)).not.toHaveProperty('patient')

    expect((await doctor.imports.start({ batchId: staged.id })).status).toBe('running')
    const done = await settled(clinic, 'doctor', staged.id)
    expect(done.status).toBe('done')
    expect(done.counts.mapped + done.counts.keptAsSource).toBe(198)
    expect(done.files[0]).toMatchObject({ status: 'read', entries: 198, resources: 198, refused: 0 })

    const { patients } = await doctor.patients.search({ text: 'echevarria carla' })
    expect(patients.map((p) => p.name)).toHaveLength(1)
    const patientId = patients[0]?.id as NonNullable<(typeof patients)[0]>['id']
    const chart = await doctor.chart.open({ patientId })
    expect(chart.banner.birthDate).toBe('2005-05-03')
    expect(chart.allergies).toMatchObject({ state: 'recorded' })
    expect(chart.allergies.items).toHaveLength(5)
    expect(chart.totals.encounters).toBeGreaterThan(10)
    expect(chart.encounters[0]?.practitioner).toBeTruthy()
    // Its two houses and their two doctors belong to the clinic.
    expect(chart.totals.sources).toBe(198 - 4)
    const { items } = await doctor.chart.results({ patientId })
    expect(items.some((r) => r.results.length > 3)).toBe(true)
    const claims = await doctor.chart.sources({ patientId, onlyUnmapped: true, resourceType: 'Claim' })
    const source = await doctor.chart.source({ patientId, id: claims.items[0]?.id ?? '' })
    expect(JSON.parse(source.json)).toMatchObject({ resourceType: 'Claim', use: 'claim' })
  })

  test('every step is in the audit trail, the patient by alias', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [['p.json', patient('1')]])
    const actions = clinic.audit().map((a) => a.action)
    for (const action of [
      'import.create',
      'import.begin-upload',
      'import.read-file',
      'import.start',
      'import.done',
    ]) {
      expect(actions).toContain(action)
    }
    const [filed] = clinic.auditOf('import.file-patient')
    const [{ audit_alias: alias } = { audit_alias: '' }] = clinic.read((r) =>
      r.list((db) => db.selectFrom('patient').select('audit_alias')),
    )
    expect(filed).toMatchObject({ outcome: 'ok', patient_alias: alias, user_id: clinic.userId('admin') })
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })
  })

  test('files of one batch know each other, whatever their order', async () => {
    await using clinic = await testClinic()
    const visit = { resourceType: 'Encounter', id: 'v', status: 'finished', class: { code: 'AMB' } }
    const done = await importFiles(clinic, 'admin', [
      [
        'a.json',
        {
          ...visit,
          subject: { reference: 'Patient/1' },
          participant: [{ individual: { reference: 'Practitioner/d' } }],
        },
      ],
      ['b.ndjson', `${JSON.stringify(patient('1'))}\n${JSON.stringify(patient('2'))}`],
      [
        'c.json.gz',
        gzipSync(
          JSON.stringify(bundleOf({ resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr Luz' }] })),
        ),
      ],
    ])
    expect(done.counts).toMatchObject({ resources: 4, mapped: 4, patients: 2, groups: 3, filed: 3 })
    const [row] = clinic.read((r) => r.list((db) => db.selectFrom('encounter').selectAll()))
    const [dr] = clinic.read((r) => r.list((db) => db.selectFrom('practitioner').select('id')))
    expect(row).toMatchObject({ practitioner_id: dr?.id, practitioner_display: 'Dr Luz', class_code: 'AMB' })
  })

  test('new patients come into the care of the chosen clinicians, else of all, a doctor’s into the own', async () => {
    await using clinic = await testClinic({ oneCareTeam: false })
    const teamOf = (name: string) =>
      clinic.read((r) =>
        r
          .list((db) =>
            db
              .selectFrom('care_team_member as c')
              .innerJoin('patient as p', 'p.id', 'c.patient_id')
              .select(['c.user_id', 'c.origin'])
              .where('p.name_text', '=', name),
          )
          .map((m) => m.user_id)
          .sort(),
      )
    await importFiles(clinic, 'admin', [['p.json', patient('1')]])
    expect(teamOf('Patient 1')).toEqual([clinic.userId('doctor'), clinic.userId('nurse')].sort())
    const second = await stage(clinic, 'admin', [['p.json', patient('2')]])
    await clinic.as('admin').imports.start({ batchId: second.id, careTeam: [clinic.userId('nurse')] })
    await settled(clinic, 'admin', second.id)
    expect(teamOf('Patient 2')).toEqual([clinic.userId('nurse')])
    await importFiles(clinic, 'doctor', [['p.json', patient('3')]])
    expect(teamOf('Patient 3')).toEqual([clinic.userId('doctor')])
    const third = await stage(clinic, 'admin', [['p.json', patient('4')]])
    await expect(
      clinic.as('admin').imports.start({ batchId: third.id, careTeam: [clinic.userId('reception')] }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('what comes before its patient waits at the clinic level and is joined later', async () => {
    await using clinic = await testClinic()
    const weight = {
      resourceType: 'Observation',
      id: 'w',
      status: 'final',
      code: { text: 'Weight' },
      effectiveDateTime: '2020-02-02',
      subject: { reference: 'Patient/1' },
      valueQuantity: { value: 7.4, unit: 'kg' },
    }
    const first = await importFiles(clinic, 'admin', [
      ['w.json', weight],
      ['f.json', flag('f', '1')],
    ])
    expect(first.counts).toMatchObject({ resources: 2, mapped: 0, keptAsSource: 2, refused: 0 })
    const second = await importFiles(clinic, 'admin', [['p.json', patient('1')]])
    expect(second.counts).toMatchObject({ resources: 1, mapped: 1, created: 1, updated: 2 })
    const sources = clinic.read((r) =>
      r.list((db) =>
        db
          .selectFrom('source_resource')
          .select(['resource_type', 'patient_id', 'mapped_table'])
          .where('voided_at', 'is', null),
      ),
    )
    expect(new Set(sources.map((s) => s.patient_id)).size).toBe(1)
    expect(sources.find((s) => s.resource_type === 'Observation')?.mapped_table).toBe('observation')
    expect(visibleRows(clinic)).toMatchObject({ observation: 1, patient: 1, source_resource: 3 })
  })

  test('people and places that come later are found when the same visit comes again', async () => {
    await using clinic = await testClinic()
    const visit = {
      resourceType: 'Encounter',
      id: 'v',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/1' },
      participant: [{ individual: { reference: 'Practitioner/d' } }],
    }
    const record = ['r.json', bundleOf(patient('1'), visit)] as const
    await importFiles(clinic, 'admin', [record])
    await importFiles(clinic, 'admin', [
      ['d.json', { resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr Luz' }] }],
    ])
    const again = await importFiles(clinic, 'admin', [record])
    expect(again.counts).toMatchObject({ unchanged: 1, updated: 1, created: 0 })
    expect(
      clinic.read((r) => r.list((db) => db.selectFrom('encounter').select('practitioner_display'))),
    ).toEqual([{ practitioner_display: 'Dr Luz' }])
    expect((await importFiles(clinic, 'admin', [record])).counts).toMatchObject({ unchanged: 2, updated: 0 })
  })
})

describe('a file that cannot be taken', () => {
  const good = JSON.stringify(bundleOf(patient('1'), flag('f', '1')))
  const broken: [name: string, content: string | Uint8Array, code: string, place: string][] = [
    ['cut.json', good.slice(0, -40), 'NOT_JSON', 'byte'],
    [
      'deep.json',
      good.replace('"birthDate"', `"extension":${'['.repeat(40)}${']'.repeat(40)},"birthDate"`),
      'TOO_DEEP',
      'entry[0].resource.extension',
    ],
    [
      'twice.json',
      good.replace('"birthDate"', '"id":"2","birthDate"'),
      'DUPLICATE_KEY',
      'entry[0].resource.id',
    ],
    [
      'proto.json',
      good.replace('"birthDate"', '"__proto__":{},"birthDate"'),
      'DANGEROUS_KEY',
      'entry[0].resource.__proto__',
    ],
    [
      'huge.json',
      Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.alloc(11 * 1024 * 1024, 0x20), Buffer.from('}')]),
      'TOO_LARGE',
      'byte',
    ],
    ['bomb.json.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), 'TOO_LARGE', 'byte'],
    ['half.json.gz', gzipSync(good).subarray(0, 60), 'BAD_GZIP', ''],
    [
      'late.ndjson',
      `${JSON.stringify(patient('8'))}\n{"resourceType":"Patient","id":"9","id":"10"}\n`,
      'DUPLICATE_KEY',
      'line 2',
    ],
    ['list.csv', 'id,name\n', 'NOT_JSON', 'byte 0'],
  ]

  test('PAR-02: gets a clear reason and changes nothing; the other files of the batch go on', {
    timeout: 60_000,
  }, async () => {
    await using clinic = await testClinic()
    const before = recordDigest(clinic)
    const alone = await stage(
      clinic,
      'admin',
      broken.map(([name, content]) => [name, content]),
    )
    expect(alone.files.map((f) => f.status)).toEqual(broken.map(() => 'refused'))
    const { items, total } = await clinic.as('admin').imports.problems({ batchId: alone.id })
    expect(items.map((p) => [p.file, p.code])).toEqual(broken.map(([name, , code]) => [name, code]))
    for (const [i, [, , , place]] of broken.entries()) expect(items[i]?.place).toContain(place)
    expect([total, alone.counts.refused, alone.counts.resources]).toEqual([broken.length, broken.length, 0])
    await clinic.as('admin').imports.start({ batchId: alone.id })
    expect(await settled(clinic, 'admin', alone.id)).toMatchObject({ status: 'done', counts: { created: 0 } })
    expect(recordDigest(clinic)).toBe(before)

    const mixed = await importFiles(clinic, 'admin', [
      broken[0]?.slice(0, 2) as never,
      ['good.json', good],
      broken[6]?.slice(0, 2) as never,
    ])
    expect(mixed.files.map((f) => f.status)).toEqual(['refused', 'read', 'refused'])
    expect(mixed.counts).toMatchObject({ resources: 2, mapped: 1, keptAsSource: 1, refused: 2, patients: 1 })
  })

  test('PAR-01: may end its reader, but neither the files beside it nor the clinic', {
    timeout: 60_000,
  }, async () => {
    await using clinic = await testClinic()
    const folder = mkdtempSync(path.join(tmpdir(), 'osler-import-'))
    try {
      const killer = `{"resourceType":"Basic","x":[${'{},'.repeat(3_400_000)}{}]}`
      const entries = `${JSON.stringify({ resource: { resourceType: 'Basic' } })},`.repeat(19_999)
      const files = {
        'a.json': JSON.stringify(patient('1')),
        'b.json': killer,
        'c.json': `{"resourceType":"Bundle","type":"batch","entry":[${entries}{}]}`,
        'd.json': killer,
        'e.json': JSON.stringify(patient('2')),
      }
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
      const session = clinic.session('admin')
      const actor = {
        userId: session.userId,
        userName: 'Admin',
        role: 'admin',
        roles: ['admin'],
        sessionId: session.id,
      } as const
      const { refused, ...summary } = await importPaths(clinic.clinic, actor, [folder])
      expect(summary).toMatchObject({ status: 'done', files: 5, resources: 20_001, patients: 2 })
      expect(refused.map((r) => [path.basename(r.file), r.reason])).toEqual([
        ['b.json', 'TOO_MUCH_MEMORY'],
        ['c.json', 'ENTRY_WITHOUT_RESOURCE'],
        ['d.json', 'TOO_MUCH_MEMORY'],
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const batch = await admin.imports.create({ sourceName: 'Hospital' })
    const { token } = await admin.imports.beginUpload({ batchId: batch.id, name: 'bulk.ndjson' })
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${JSON.stringify(patient('1'))}\n{"resour`)
      throw new Error('the browser went away')
    }
    await clinic.clinic.upload(token, body())
    const after = await admin.imports.get({ batchId: batch.id })
    expect(after).toMatchObject({
      status: 'ready',
      files: [{ status: 'refused', resources: 0 }],
      counts: { groups: 0 },
    })
    expect((await admin.imports.problems({ batchId: batch.id })).items).toMatchObject([
      { code: 'UNREADABLE' },
    ])
    expect(await clinic.clinic.upload(token, body())).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    })
  })

  test('problems say where and why, never what', async () => {
    await using clinic = await testClinic()
    const secret = 'Canary Ana Sol'
    const odd = { ...patient('1'), name: [{ text: secret }], gender: secret, birthDate: secret }
    const entry = [{ request: { method: 'GET', url: `Patient?name=${secret}` } }, { resource: odd }]
    const { id } = await importFiles(clinic, 'admin', [
      ['x.json', { resourceType: 'Bundle', type: 'batch', entry }],
    ])
    await stage(clinic, 'admin', [['y.json', `{"resourceType":"Patient","${secret}":1,"${secret}":2}`]])
    const { items } = await clinic.as('admin').imports.problems({ batchId: id, limit: 2 })
    expect(items).toHaveLength(2)
    const all = clinic.read((r) => r.list((db) => db.selectFrom('import_problem').selectAll()))
    expect(all.length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify([all, clinic.audit()])).not.toContain('Canary')
    expect(JSON.stringify(await clinic.as('admin').imports.get({ batchId: id }))).not.toContain('Canary')
  })

  test('the list of problems is paged', async () => {
    await using clinic = await testClinic()
    const entry = Array.from({ length: 7 }, () => ({ request: { method: 'DELETE' } }))
    const { id } = await stage(clinic, 'admin', [
      ['x.json', { resourceType: 'Bundle', type: 'batch', entry }],
    ])
    const places: string[] = []
    for (let cursor: string | null = null, pages = 0; pages < 10; pages++) {
      const page = await clinic.as('admin').imports.problems({ batchId: id, cursor, limit: 3 })
      places.push(...page.items.map((p) => p.place))
      expect(page.total).toBe(7)
      if ((cursor = page.next) === null) break
    }
    expect(places).toEqual(Array.from({ length: 7 }, (_, i) => `entry[${i}]`))
  })
})

describe('who may do what with a batch', () => {
  test('a doctor sees and steers the own batches only, an admin all', async () => {
    await using clinic = await testClinic()
    const mine = await stage(clinic, 'doctor', [['p.json', patient('1')]])
    const other = clinic.another('doctor')
    expect((await other.imports.list({})).batches).toEqual([])
    for (const call of ['get', 'start', 'cancel', 'discard'] as const) {
      await expect(other.imports[call]({ batchId: mine.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(other.imports.undo({ batchId: mine.id, reason: 'not mine' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await clinic.as('admin').imports.list({})).batches).toMatchObject([
      { id: mine.id, createdByName: 'Test doctor' },
    ])
    await expect(clinic.as('nurse').imports.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a batch cannot be filed before it is read, nor twice, nor after it was thrown away', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const empty = await admin.imports.create({ sourceName: 'x' })
    await expect(admin.imports.start({ batchId: empty.id })).rejects.toMatchObject({
      code: 'BATCH_NOT_READY',
    })
    const done = await importFiles(clinic, 'admin', [['p.json', patient('1')]])
    await expect(admin.imports.start({ batchId: done.id })).rejects.toMatchObject({ code: 'BATCH_NOT_READY' })
    await expect(admin.imports.discard({ batchId: done.id })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(admin.imports.beginUpload({ batchId: done.id, name: 'x' })).rejects.toMatchObject({
      code: 'BATCH_NOT_READY',
    })
    const staged = await stage(clinic, 'admin', [['p.json', patient('2')]])
    expect(await admin.imports.discard({ batchId: staged.id })).toMatchObject({
      status: 'discarded',
      counts: { resources: 1 },
    })
    await expect(admin.imports.start({ batchId: staged.id })).rejects.toMatchObject({
      code: 'BATCH_NOT_READY',
    })
    await expect(admin.imports.undo({ batchId: staged.id, reason: 'again' })).rejects.toMatchObject({
      code: 'NOT_UNDOABLE',
    })
    expect(
      clinic.read((r) =>
        r.list((db) => db.selectFrom('import_group').select('status').where('batch_id', '=', staged.id)),
      ),
    ).toEqual([])
    expect(visibleRows(clinic)).toMatchObject({ patient: 1 })
  })
})

test('no read of a batch, an original or an undo walks a whole table', async () => {
  await using clinic = await testClinic()
  const walks = tableWalks(clinic, [...queriesOf(queries), ...queriesOf(undoQueries)])
  // Batches are few; people and houses are read once a batch, the visits' people once an undo.
  const allowed = [
    'allBatches',
    'identifiersOfPractitioners',
    'identifiersOfOrganizations',
    'peopleInUse',
    'activeClinicians',
  ]
  expect(walks.filter((w) => !allowed.some((a) => w.startsWith(`${a}:`)))).toEqual([])
})
