// The board of a full day, 200 visits, through dispatch beside hand-written SQL on the same encrypted file.
import { chartTables } from '#modules/chart/main/api.ts'
import { appointment } from '#modules/scheduling/main/tables.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'
import { formatUuidV7 } from '#shared/ids.ts'
import { localDateIn } from '#shared/time.ts'
import { addMinutes, dayRange } from '#shared/zoned-time.ts'
import type { handWritten } from './hand-written.ts'
import type { Contest } from './measure.ts'

const visitsADay = 200

/** Books a full day on patients of the clinic: most of them on their way through it, every second one with values. */
export async function fillDay(clinic: TestClinic): Promise<void> {
  const { from, to } = today(clinic)
  const booked = clinic.read((r) =>
    r.list((db) =>
      db.selectFrom('appointment').select('id').where('start_at', '>=', from).where('start_at', '<', to),
    ),
  )
  if (booked.length >= visitsADay) return
  const { providers, room, type } = await resourcesOf(clinic)
  const random = seededRandom(7)
  const patients = clinic.read((r) => r.list((db) => db.selectFrom('patient').select('id')))
  const pick = () => patients[Math.floor(random() * patients.length)]?.id ?? ''
  const statuses = ['booked', 'arrived', 'roomed', 'with-doctor', 'done', 'left'] as const
  clinic.transact((ctx) => {
    for (let n = 0; n < visitsADay; n++) {
      const patientId = pick()
      const status = statuses[n % statuses.length] ?? 'booked'
      const at = addMinutes(from, n * 6)
      const encounterId =
        status === 'booked'
          ? null
          : ctx.write.insert(chartTables.encounter, {
              patient_id: patientId,
              status: 'arrived',
              class_code: 'AMB',
              period_start: ctx.now,
            })
      ctx.write.insert(appointment, {
        patient_id: patientId,
        start_at: at,
        end_at: addMinutes(at, 10),
        provider_id: providers[n % providers.length]?.id ?? '',
        room_id: room.id,
        visit_type_id: type.id,
        status,
        arrived_at: encounterId ? ctx.now : null,
        closed_late: 0,
        detached: 0,
        walk_in: 0,
        encounter_id: encounterId,
        booked_at: ctx.now,
      })
      if (encounterId === null || n % 2 === 0) continue
      for (const [code, value] of [
        ['8867-4', 72],
        ['8310-5', 36.8],
        ['2708-6', 97],
      ] as const) {
        ctx.write.insert(chartTables.observation, {
          patient_id: patientId,
          encounter_id: encounterId,
          status: 'final',
          category: 'vital-signs',
          code,
          code_display: code,
          value_number: value,
          value_text: String(value),
          effective_at: ctx.now,
          interpretation: 'N',
        })
      }
    }
  })
}

/** A clinic filled on another day has them already. */
async function resourcesOf(clinic: TestClinic) {
  const admin = clinic.as('admin').scheduling
  const known = clinic.read((r) => r.list((db) => db.selectFrom('schedulable').select(['id', 'name'])))
  const types = clinic.read((r) => r.list((db) => db.selectFrom('visit_type').select(['id', 'name'])))
  const make = { id: null, rev: null, colour: 'blue' } as const
  const of = (name: string) => known.find((one) => one.name === name)
  const providers: { readonly id: string }[] = []
  for (const name of ['Dr. Keller', 'Dr. Osei', 'Dr. Weber', 'Dr. Novak'])
    providers.push(of(name) ?? (await admin.saveProvider({ ...make, name })))
  const name = 'Visit of the board'
  return {
    providers,
    room: of('Room 1') ?? (await admin.saveRoom({ ...make, name: 'Room 1' })),
    type:
      types.find((one) => one.name === name) ?? (await admin.saveVisitType({ ...make, name, minutes: 10 })),
  }
}

/** The clinic of the benches stands in Berlin. */
const today = (clinic: TestClinic) => dayRange(localDateIn('Europe/Berlin', clinic.now()), 'Europe/Berlin')

export function boardContest(
  clinic: TestClinic,
  byHand: Pick<ReturnType<typeof handWritten>, 'board'>,
  call: (procedure: string, input: unknown) => Promise<unknown>,
): Contest {
  const { from, to } = today(clinic)
  const fromId = formatUuidV7(Date.parse(from), new Uint8Array(10))
  return {
    name: 'board-today',
    perRun: 20,
    ours: async () => () => call('board.today', {}),
    handWritten: () => () => byHand.board({ from, to, fromId }),
  }
}
