// SECURITY 4.3: what is marked leaves on no path for people who are not on its list. Eleven marks by every way out that
// the clinic has, with one canary word for each marked item; the list of ways grows with the contracts.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { composition } from '#modules/notes/main/tables.ts'
import { careTeamMember } from '#modules/patients/main/tables.ts'
import { appointment } from '#modules/scheduling/main/tables.ts'
import type { Markable } from '#modules/access/shared/marks.ts'
import { sensitivityFlags } from '#modules/access/shared/flags.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { textsOf } from '#testkit/copies.ts'

let clinic: TestClinic
let patientId: PatientId
const ids = new Map<string, string>()
const canary = 'Zqcanary'
const at = () => new Date(clinic.now()).toISOString()

beforeAll(async () => {
  clinic = await testClinic()
  patientId = (await clinic.as('reception').patients.register({ name: 'Ana Sol', gender: 'female' })).id
  clinic.transact((ctx) => {
    const own = { patient_id: patientId }
    const t = chartTables
    const put = (name: string, table: unknown, row: object) =>
      ids.set(name, ctx.write.insert(table as typeof t.encounter, { ...own, ...row } as never))
    for (const user of ['doctor', 'nurse', 'lab'] as const) {
      ctx.write.insert(careTeamMember, {
        ...own,
        user_id: clinic.userId(user),
        role: user,
        since: ctx.now,
        origin: 'test',
      })
    }
    put('encounter', t.encounter, {
      status: 'in-progress',
      class_code: 'AMB',
      type_display: `${canary}visit`,
      reason_display: `${canary}visit`,
      period_start: ctx.now,
    })
    const visit = ids.get('encounter')
    put('condition', t.condition, { code_display: `${canary}condition`, clinical_status: 'active' })
    put('ofVisit', t.condition, {
      code_display: `${canary}visit`,
      clinical_status: 'active',
      encounter_id: visit,
    })
    put('medication_request', t.medicationRequest, {
      status: 'active',
      intent: 'order',
      medication_display: `${canary}medicine`,
      authored_on: ctx.now,
    })
    put('allergy_intolerance', t.allergyIntolerance, {
      code_display: `${canary}allergy`,
      clinical_status: 'active',
    })
    put('diagnostic_report', t.diagnosticReport, {
      status: 'final',
      code_display: `${canary}report`,
      conclusion: `${canary}report`,
      effective_at: ctx.now,
    })
    put('ofReport', t.observation, {
      status: 'final',
      category: 'laboratory',
      code_display: `${canary}report`,
      value_text: `${canary}report`,
      effective_at: ctx.now,
      report_id: ids.get('diagnostic_report'),
    })
    put('observation', t.observation, {
      status: 'final',
      category: 'vital-signs',
      code_system: 'http://loinc.org',
      code: '8867-4',
      code_display: `${canary}vital`,
      value_kind: 'quantity',
      value_number: 987_654,
      effective_at: ctx.now,
    })
    put('vitalOfVisit', t.observation, {
      status: 'final',
      category: 'vital-signs',
      code_system: 'http://loinc.org',
      code: '8310-5',
      code_display: `${canary}visit`,
      value_number: 41.7,
      effective_at: ctx.now,
      encounter_id: visit,
    })
    put('document_reference', t.documentReference, {
      status: 'current',
      type_display: `${canary}document`,
      title: `${canary}document`,
      date: ctx.now,
    })
    put('composition', composition, {
      status: 'final',
      kind: 'note',
      title: `${canary}note`,
      body: '{"type":"doc","content":[]}',
      author_id: clinic.userId('lab'),
      author_name: 'Lab',
      author_role: 'doctor',
      signed_at: ctx.now,
      clock_quality: 'ok',
      digest: new Uint8Array(32),
      signature: new Uint8Array(64),
      signing_key_id: clinic.userId('lab'),
    })
    ctx.write.insert(appointment, {
      ...own,
      start_at: ctx.now,
      end_at: new Date(ctx.nowMs + 900_000).toISOString(),
      provider_id: '01934b6a-0000-7000-8000-0000000000aa',
      reason: `${canary}visit`,
      status: 'with-doctor',
      encounter_id: visit,
      arrived_at: ctx.now,
      closed_late: 0,
      detached: 0,
      walk_in: 0,
      booked_at: ctx.now,
    } as never)
  })
  await clinic.as('reception').patients.addFlag({ patientId, kind: 'alert', text: `${canary}flag` })
  const flag = (await clinic.as('doctor').chart.open({ patientId })).banner.flags[0]
  ids.set('patient_flag', flag?.id ?? '')
  ids.set('patient', patientId)
})
afterAll(() => clinic[Symbol.asyncDispose]())

type Way = (by: Role) => Promise<unknown>
const asked =
  (procedure: string, input: () => unknown): Way =>
  (by) =>
    clinic.call(procedure, input(), { token: clinic.tokenOf(by) })
const ofPatient = (procedure: string, more: object = {}): Way =>
  asked(procedure, () => ({ patientId, ...more }))
const day = () => at().slice(0, 10)

/** Every way out that could tell of the record, as a clinician goes it. */
const ways: Readonly<Record<string, Way>> = {
  'open chart': ofPatient('chart.open'),
  timeline: ofPatient('chart.timeline'),
  problems: ofPatient('chart.problems'),
  medicines: ofPatient('chart.medicines'),
  results: ofPatient('chart.results'),
  observations: ofPatient('chart.observations'),
  documents: ofPatient('chart.documents'),
  visits: ofPatient('chart.encounters'),
  originals: ofPatient('chart.sources'),
  'intake sheet': ofPatient('vitals.sheet'),
  'prescribing desk': ofPatient('prescribing.open'),
  'list of medicines': ofPatient('prescribing.medicines'),
  prescriptions: ofPatient('prescribing.prescriptions'),
  'sick notes': ofPatient('papers.sickNotes'),
  reminders: ofPatient('reminders.ofPatient'),
  'safety set': ofPatient('access.safetySet'),
  marks: ofPatient('access.marks'),
  board: asked('board.today', () => ({})),
  schedule: asked('scheduling.calendar', () => ({ date: day() })),
  'patient search': asked('patients.search', () => ({ text: 'ana sol' })),
  'recent patients': asked('patients.recent', () => ({})),
  'own drafts': asked('notes.myDrafts', () => ({})),
}

interface Kind {
  readonly table: Markable
  readonly word: string
  readonly of: string
}
const kinds: readonly Kind[] = [
  { table: 'encounter', word: `${canary}visit`, of: 'encounter' },
  { table: 'composition', word: `${canary}note`, of: 'composition' },
  { table: 'diagnostic_report', word: `${canary}report`, of: 'diagnostic_report' },
  { table: 'document_reference', word: `${canary}document`, of: 'document_reference' },
  { table: 'condition', word: `${canary}condition`, of: 'condition' },
  { table: 'medication_request', word: `${canary}medicine`, of: 'medication_request' },
  { table: 'allergy_intolerance', word: `${canary}allergy`, of: 'allergy_intolerance' },
  { table: 'observation', word: '987654', of: 'observation' },
  { table: 'patient_flag', word: `${canary}flag`, of: 'patient_flag' },
  { table: 'patient', word: 'Ana Sol', of: 'patient' },
]

/** Set by the nurse's colleague of the privacy duty, for nobody else. */
async function marked(kind: Kind, flag: (typeof sensitivityFlags)[number], readers: string[] = []) {
  return await clinic.as('privacy').access.setMark({
    patientId,
    table: kind.table,
    targetId: ids.get(kind.of) as never,
    flag,
    readers: readers as never[],
  })
}
const unmark = (mark: { id: string; rev: number }) =>
  clinic
    .as('privacy')
    .access.removeMark({ patientId, id: mark.id as never, rev: mark.rev, reason: 'test over' })

async function told(by: Role): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const [name, way] of Object.entries(ways)) answers.set(name, JSON.stringify(await way(by)))
  return answers
}

test('4.3: without marks the canaries are there, so that the ways out are ways out', async () => {
  const answers = await told('doctor')
  const everything = [...answers.values()].join('')
  for (const { word } of kinds) expect(everything, word).toContain(word)
  for (const [name, text] of answers) expect(text, name).toContain('"ok":true')
})

test('4.3 AUTHZ-03: 11 marks on 10 kinds of items leak on none of the ways out, and the list of readers opens them', async () => {
  const leaks: string[] = []
  let cases = 0
  // The whole patient apart from the rest: it would hide everything else by itself.
  const rounds = [kinds.filter((k) => k.table !== 'patient'), kinds.filter((k) => k.table === 'patient')]
  const markAll = async (
    round: readonly Kind[],
    flag: (typeof sensitivityFlags)[number],
    readers: string[] = [],
  ) => {
    const marks: Awaited<ReturnType<typeof marked>>[] = []
    for (const kind of round) marks.push(await marked(kind, flag, readers))
    return marks
  }
  const unmarkAll = async (marks: readonly { id: string; rev: number }[]) => {
    for (const mark of marks) await unmark(mark)
  }
  for (const flag of sensitivityFlags) {
    for (const round of rounds) {
      const marks = await markAll(round, flag)
      for (const [name, text] of await told('doctor')) {
        cases += 1
        for (const kind of round)
          if (text.includes(kind.word)) leaks.push(`${flag} on ${kind.table}: ${name}`)
      }
      await unmarkAll(marks)
    }
  }
  expect(leaks).toEqual([])
  expect(cases).toBeGreaterThanOrEqual(11 * 12)
  for (const round of rounds) {
    const marks = await markAll(round, 'hiv-sti', [clinic.userId('doctor')])
    const [listed, unlisted] = [await told('doctor'), await told('nurse')]
    for (const kind of round) {
      expect([...listed.values()].join(''), kind.table).toContain(kind.word)
      expect([...unlisted.values()].join(''), kind.table).not.toContain(kind.word)
    }
    await unmarkAll(marks)
  }
})

/** The texts of a copy for somebody else, with the patient's consent. */
const copied = async () =>
  Object.entries(await textsOf(clinic, patientId, { kind: 'other' })) as ['json' | 'xml', string][]

test('4.3 PRIV-01: 11 marks on 10 kinds of items leak into no file of a copy for others, FHIR or C-CDA', async () => {
  const inCopies = kinds.filter((k) => k.table !== 'patient')
  // Flags of the desk have no place in C-CDA but for their number.
  for (const [name, text] of await copied())
    for (const { word } of inCopies)
      if (name === 'json' || !word.endsWith('flag')) expect(text, name).toContain(word)
  const leaks: string[] = []
  for (const flag of sensitivityFlags) {
    // The whole patient apart from the rest: it would hide everything else by itself.
    for (const round of [inCopies, kinds.filter((k) => k.table === 'patient')]) {
      const marks = []
      for (const kind of round) marks.push(await marked(kind, flag))
      for (const [name, text] of await copied())
        for (const kind of inCopies)
          if (text.includes(kind.word)) leaks.push(`${flag} on ${round[0]?.table}: ${kind.table} in ${name}`)
      for (const mark of marks) await unmark(mark)
    }
  }
  expect(leaks).toEqual([])
})

test('4.3: clinicians see that something is hidden, never what; a hidden item answers like a missing one', async () => {
  const [note] = kinds.filter((k) => k.table === 'composition')
  if (!note) throw new Error('no note')
  const mark = await marked(note, 'psychotherapy')
  const doctor = clinic.as('doctor')
  expect((await doctor.chart.open({ patientId })).hidden).toBe(1)
  const { marks } = await doctor.access.marks({ patientId })
  expect(marks).toMatchObject([{ table: null, targetId: null, flag: null, readers: [], mine: false }])
  const get = async (id: string) => {
    const reply = await clinic.call('notes.get', { patientId, id }, { token: clinic.tokenOf('doctor') })
    return JSON.stringify(reply).replace(/"opId":"[^"]+"/, '')
  }
  expect(await get(ids.get('composition') ?? '')).toBe(await get('01934b6a-0000-7000-8000-00000000dead'))
  // Authors may read what they wrote.
  expect(
    clinic.read((read) =>
      read.list((db) =>
        db
          .selectFrom('composition')
          .select('author_id')
          .where('id', '=', ids.get('composition') ?? ''),
      ),
    )[0]?.author_id,
  ).toBe(clinic.userId('lab'))
  await unmark(mark)
})

test('4.3 AUTHZ-07: an emergency opens what is marked, but for psychotherapy', async () => {
  const [note, , report] = kinds
  const [patientKind] = kinds.filter((k) => k.table === 'patient')
  const [composed] = kinds.filter((k) => k.table === 'composition')
  if (!note || !report || !patientKind || !composed) throw new Error('kinds')
  const hidden = await marked(report, 'hiv-sti')
  const whole = await marked(patientKind, 'vip')
  const closed = await marked(composed, 'psychotherapy')
  const doctor = clinic.as('doctor')
  await expect(doctor.chart.open({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await doctor.access.breakGlass({
    patientId,
    code: 'unconscious',
    reason: 'Unconscious in the waiting room',
  })
  const text = [...(await told('doctor')).values()].join('')
  expect(text).toContain(report.word)
  expect(text).toContain('Ana Sol')
  expect(text).not.toContain(composed.word)
  expect((await doctor.chart.open({ patientId })).hidden).toBe(1)
  await doctor.access.endBreakGlass({ patientId })
  await expect(doctor.chart.open({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  for (const mark of [hidden, whole, closed]) await unmark(mark)
})

test('4.3: a doctor marks and names readers; others may not change it; taking it off can be undone', async () => {
  const doctor = clinic.as('doctor')
  const target = {
    patientId,
    table: 'document_reference' as const,
    targetId: ids.get('document_reference') as never,
  }
  const mark = await doctor.access.setMark({ ...target, flag: 'genetic', readers: [] })
  expect(mark).toMatchObject({ mine: true, flag: 'genetic', readers: [] })
  await expect(
    clinic.as('nurse').access.setMark({ ...target, flag: 'genetic', readers: [] }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const other = clinic.another('doctor')
  await expect(
    other.access.removeMark({ patientId, id: mark.id, rev: mark.rev, reason: 'not mine' }),
  ).rejects.toMatchObject({ code: 'NOT_AUTHOR' })
  const listed = await doctor.access.setReaders({
    patientId,
    id: mark.id,
    rev: mark.rev,
    readers: [clinic.userId('nurse') as never],
  })
  expect(listed.readers.map((r) => r.userId)).toEqual([clinic.userId('nurse')])
  expect(JSON.stringify(await clinic.as('nurse').chart.documents({ patientId }))).toContain(
    `${canary}document`,
  )
  await doctor.access.removeMark({ patientId, id: mark.id, rev: listed.rev, reason: 'Set on the wrong one' })
  expect((await doctor.access.marks({ patientId })).marks).toEqual([])
  await doctor.access.restoreMark({ patientId, id: mark.id })
  expect(JSON.stringify(await other.chart.documents({ patientId }))).not.toContain(`${canary}document`)
  await expect(
    doctor.access.setMark({
      ...target,
      targetId: '01934b6a-0000-7000-8000-00000000dead' as never,
      flag: 'vip',
      readers: [],
    }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const now = (await doctor.access.marks({ patientId })).marks[0]
  await doctor.access.removeMark({ patientId, id: mark.id, rev: now?.rev ?? 0, reason: 'test over' })
})

test('4.3: checks of medicines know what is hidden and warn without its name', async () => {
  const other = (await clinic.as('doctor').patients.register({ name: 'Wanda Wahl', gender: 'female' })).id
  const id = clinic.transact((ctx) =>
    ctx.write.insert(chartTables.medicationRequest, {
      patient_id: other,
      status: 'active',
      intent: 'order',
      medication_display: 'Warfarin 5 MG Oral Tablet',
    } as never),
  )
  const allergy = clinic.transact((ctx) =>
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: other,
      code_display: 'Aspirin',
      clinical_status: 'active',
      criticality: 'high',
    } as never),
  )
  const check = () =>
    clinic.as('doctor').prescribing.check({ patientId: other, drugId: null, label: 'Aspirin 81 MG' })
  const open = await check()
  expect(JSON.stringify(open)).toContain('Warfarin')
  for (const [table, targetId] of [
    ['medication_request', id],
    ['allergy_intolerance', allergy],
  ] as const) {
    await clinic.as('privacy').access.setMark({
      patientId: other,
      table,
      targetId: targetId as never,
      flag: 'substance-use',
      readers: [],
    })
  }
  const masked = await check()
  expect(masked).toHaveLength(open.length)
  expect(masked.map((a) => a.tier)).toEqual(open.map((a) => a.tier))
  expect(masked.every((a) => a.other === '' && a.otherLabel === '' && a.otherId === '')).toBe(true)
  expect(JSON.stringify(masked)).not.toMatch(/warfarin/i)
})
