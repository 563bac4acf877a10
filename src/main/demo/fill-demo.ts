// Fills a new demo clinic: staff, then one transaction a patient, through the same Writer and signatures as real work.
import type { OpenClinic } from '#core/clinic-types.ts'
import { mintId } from '#core/store/mint.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { saveDraft, startNote } from '#modules/notes/main/api.ts'
import { appointmentsOn } from '#modules/scheduling/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import { localDateIn } from '#shared/time.ts'
import { type DemoPatient, readDemoPatients } from './demo-data.ts'
import { demoDays } from './demo-days.ts'
import { type DemoSetting, fillPatient } from './fill-patient.ts'
import { type DemoStaff, hireStaff } from './staff.ts'
import { begunToday } from './today.ts'
import { fillWeek } from './week/fill-week.ts'

export interface DemoFilling {
  readonly locale: string
  /** The account the clinic was founded with: Dr. Keller. */
  readonly founderId: string
  /** resources/demo/patients.ndjson.gz */
  readonly file: string
}

export async function fillDemo(clinic: OpenClinic, about: DemoFilling): Promise<void> {
  const patients = readDemoPatients(about.file)
  const staff = await hireStaff(clinic, about)
  const nowMs = clinic.services.clock()
  const days = demoDays(nowMs)
  const ids = new Map(patients.map((p) => [p.key, mintId(nowMs, days.at(p.registeredDaysAgo, 9 * 60))]))
  const names = new Map(patients.map((p) => [p.key, p.name.text]))
  const setting: DemoSetting = { staff, days, ids, nameOf: (key) => names.get(key) ?? key }
  try {
    for (const patient of patients) {
      clinic.transact(
        { actor: staff[patient.doctor].actor, door: 'job' },
        { action: 'demo.fill', category: 'system' },
        (ctx) => fillPatient(ctx, setting, patient),
      )
      // Sixty transactions in a row would hold up the window that waits for them.
      await new Promise(setImmediate)
    }
    await fillWeek(clinic, staff, ids)
    for (const patient of patients) beginToday(clinic, staff, ids, patient)
  } finally {
    staff.keller.key.privateKey.fill(0)
    staff.osei.key.privateKey.fill(0)
  }
}

/** A note that was begun and left: there is something to continue on the first morning. */
function beginToday(
  clinic: OpenClinic,
  staff: DemoStaff,
  ids: ReadonlyMap<string, string>,
  patient: DemoPatient,
): void {
  const begun = patient.today === null ? undefined : begunToday[patient.today]
  const patientId = ids.get(patient.key) as PatientId | undefined
  if (!begun || !patientId) return
  clinic.transact(
    { actor: staff[patient.doctor].actor, door: 'job' },
    { action: 'demo.fill', category: 'system' },
    (ctx) => {
      const visit = appointmentsOn(ctx.read, localDateIn(clinicOf(ctx.read).timeZone, ctx.nowMs)).find(
        (one) => one.patientId === patientId && one.status === 'with-doctor',
      )
      const draft = startNote(ctx, {
        patientId,
        encounterId: visit?.encounterId ?? null,
        title: begun.title,
      })
      saveDraft(ctx, { patientId, draftId: draft.id, step: draft.step, title: begun.title, body: begun.body })
    },
  )
}
