// What a careful person would write by hand against the same encrypted file: prepared SQL, the same rows read, the same
// audit row and durability, and nothing of Osler's dispatch, validation, mapping, chains or capture.
import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { openConnection } from '#core/db/connection.ts'
import { mintId } from '#core/store/mint.ts'
import * as chart from '#modules/chart/main/queries.ts'
import * as vitals from '#modules/chart/main/observation-queries.ts'
import { patientsByWords } from '#modules/patients/main/search-queries.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { auditTableLike } from './audit-table.ts'

interface Query {
  readonly sql: string
  readonly bind: readonly (string | { readonly value: unknown })[]
}

const ofPatient = (sql: string): Query => ({ sql, bind: ['patientId'] })
const banner = ofPatient('select * from patient where id = ? and voided_at is null')
const phones = ofPatient(
  'select system, use, value, rank from patient_telecom where patient_id = ? and voided_at is null',
)
const flags = ofPatient(`select f.id, f.rev, f.kind, f.text, f.created_at, u.name from patient_flag f
  left join user_account u on u.id = f.created_by where f.patient_id = ? and f.voided_at is null`)

/** The day's visits as one would write them for a board: who, where, when, first visit, note signed. */
const boardVisits = `select a.*, p.name_text, p.record_number, p.birth_date, p.gender, d.name as provider,
    d.user_id, r.name as room, v.name as visit_type, v.note_title,
    (select value from patient_telecom t where t.patient_id = a.patient_id and t.voided_at is null
      and t.system in ('phone', 'sms') order by coalesce(rank, 100), id limit 1) as phone,
    (select id from encounter e where e.patient_id = a.patient_id and e.id < @fromId and e.voided_at is null
      limit 1) as earlier,
    (select signed_at from composition c where c.patient_id = a.patient_id and c.encounter_id = a.encounter_id
      and c.id >= @fromId and c.voided_at is null order by c.id desc limit 1) as signed_at
  from appointment a join patient p on p.id = a.patient_id join schedulable d on d.id = a.provider_id
    left join schedulable r on r.id = a.room_id left join visit_type v on v.id = a.visit_type_id
  where a.start_at >= @from and a.start_at < @to and a.voided_at is null
    and a.status not in ('cancelled', 'noshow') and p.voided_at is null order by a.start_at`
const boardAllergies = `select patient_id, code_system, code, code_display, clinical_status, verification_status
  from allergy_intolerance where patient_id in (select value from json_each(?)) and voided_at is null`
const boardValues = `select o.patient_id, o.encounter_id, o.category, o.code, o.code_display, o.interpretation,
    o.value_text, o.components, o.effective_at
  from json_each(?) asked join observation o on o.patient_id = asked.value and o.id >= ?
  where o.voided_at is null and o.status <> 'entered-in-error' and o.category in ('vital-signs', 'survey')`
const boardRooms = `select id, name from schedulable where kind = 'room' and active = 1 and voided_at is null`

export function handWritten(clinic: TestClinic) {
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  auditTableLike(db, 'bench_audit')
  db.exec(`drop table if exists bench_note;
    create table bench_note (id text not null, patient_id text not null, title text, body text, author_id text,
      signed_at text, signature blob, primary key (patient_id, id), unique (id)) strict, without rowid`)
  const bound = (query: Query) => {
    const statement = db.prepare(query.sql)
    return (params: Record<string, unknown>) =>
      statement.all(...query.bind.map((b) => (typeof b === 'string' ? params[b] : b.value)))
  }
  const audit = db.prepare(
    `insert into bench_audit (seq, at, clock, writer, user_id, role, session_id, door, action, category, patient_alias,
     outcome, op_id, mac) values (?, ?, 'unknown', 1, ?, 'doctor', 's', 'ipc', ?, 'clinical', ?, 'ok', ?, zeroblob(32))`,
  )
  const alias = db.prepare('select audit_alias from patient where id = ?').pluck()
  let seq = 0
  const writeAudit = (action: string, patientId: string | null) => {
    const now = new Date().toISOString()
    const who = patientId === null ? null : (alias.get(patientId) as string)
    audit.run(++seq, now, clinic.userId('doctor'), action, who, mintId(Date.now()))
  }
  const search = bound(patientsByWords as Query)
  const page = { before: chart.lastId, limit: 60 }
  const sections = [
    banner,
    phones,
    flags,
    chart.allergiesOf,
    chart.newestProblems,
    chart.newestMedicines,
    chart.newestEncounters,
    chart.newestNotes,
    chart.newestDocuments,
    chart.newestReports,
    chart.newestImmunizations,
    chart.newestProcedures,
    chart.newestCarePlans,
    chart.draftsOf,
    chart.noteCounts,
    chart.countObservations,
    chart.countSources,
  ].map((q) => bound(q as unknown as Query))
  const newestVitals = bound(vitals.newestVitals as unknown as Query)
  const vitalRows = bound(vitals.observationsByIds as unknown as Query)
  const insertNote = db.prepare('insert into bench_note values (?, ?, ?, ?, ?, ?, zeroblob(64))')
  const finishVisit = db.prepare(`update encounter set status = 'finished' where 0 and id = ?`)
  const mark = openSync(path.join(clinic.dir, 'bench-mark'), 'w')
  const markBytes = Buffer.alloc(136)
  const [visits, allergies, values, rooms] = [boardVisits, boardAllergies, boardValues, boardRooms].map(
    (sql) => db.prepare(sql),
  )
  return {
    writeAudit,
    board(day: { from: string; to: string; fromId: string }) {
      const rows = (visits?.all(day) ?? []) as { patient_id: string }[]
      const patients = JSON.stringify([...new Set(rows.map((row) => row.patient_id))])
      allergies?.all(patients)
      values?.all(patients, day.fromId)
      rooms?.all()
      writeAudit('board.today', null)
    },
    search(exact: string, prefix: string) {
      const rows = search({ match: exact, limit: 21 })
      if (rows.length < 21) search({ match: prefix, limit: 21 })
      writeAudit('patient.search', null)
    },
    openChart(patientId: string) {
      for (const section of sections) section({ patientId, ids: '[]', ...page })
      const newest = new Map<unknown, string>()
      for (const v of newestVitals({ patientId }) as { id: string; code: string }[]) {
        if (!newest.has(v.code)) newest.set(v.code, v.id)
      }
      vitalRows({ patientId, ids: JSON.stringify([...newest.values()]) })
      writeAudit('chart.open', patientId)
    },
    saveNote(patientId: string, body: string) {
      db.exec('begin immediate')
      insertNote.run(
        mintId(Date.now()),
        patientId,
        'Visit',
        body,
        clinic.userId('doctor'),
        new Date().toISOString(),
      )
      finishVisit.run(patientId)
      writeAudit('note.sign', patientId)
      db.exec('commit')
      writeSync(mark, markBytes, 0, markBytes.length, 0)
      fdatasyncSync(mark)
    },
    close() {
      db.exec('drop table bench_audit; drop table bench_note')
      db.close()
    },
  }
}
