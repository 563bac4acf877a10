// npm run bench [-- --patients 1000,10000,50000] [--runs 7] [--only NAME,NAME]: what a person waits for, each beside
// hand-written SQL on the same encrypted file in the same run. Prints one JSON object; progress goes to standard error.
import { parseSearch } from '#modules/patients/shared/search-query.ts'
import { mintId } from '#core/store/mint.ts'
import { seededRandom } from '#testkit/random.ts'
import { auditContests } from './audit.ts'
import { billingContests } from './billing.ts'
import { boardContest, fillDay } from './board.ts'
import { clinicOf, patientName, rowsPerPatient } from './clinic-of.ts'
import { codesContest } from './codes.ts'
import { filing } from './filing.ts'
import { handWritten } from './hand-written.ts'
import { type Contest, measure, type Outcome } from './measure.ts'
import { prescribingContest } from './prescribing.ts'
import { schedulingContests } from './scheduling.ts'

const options: { patients: number[]; runs: number; only: readonly string[] } = {
  patients: [1_000, 10_000, 50_000],
  runs: 7,
  only: [],
}
for (let i = 2; i < process.argv.length; i += 2) {
  const value = process.argv[i + 1] ?? ''
  if (process.argv[i] === '--patients') options.patients = value.split(',').map(Number)
  if (process.argv[i] === '--runs') options.runs = Number(value)
  if (process.argv[i] === '--only') options.only = value.split(',')
}

/** Beginnings count, so that "invoices" means both lists. */
const isAsked = (name: string) => options.only.length === 0 || options.only.some((o) => name.startsWith(o))

const words =
  'Headaches on waking for three weeks, no visual change, no chest pain. Missed ramipril about twice a week since the night shifts began. '
const body = {
  type: 'doc',
  content: ['subjective', 'objective', 'assessment', 'plan'].flatMap((section) => [
    { type: 'sectionHeading', attrs: { section } },
    { type: 'paragraph', content: [{ type: 'text', text: words.repeat(2) }] },
  ]),
}

async function benchOf(patients: number): Promise<Outcome[]> {
  const clinic = await clinicOf(patients)
  const byHand = handWritten(clinic)
  const random = seededRandom(99)
  const ids = clinic.read((r) => r.list((db) => db.selectFrom('patient').select('id'))).map((p) => p.id)
  const anyId = () => ids[Math.floor(random() * ids.length)] ?? ''
  const doctor = clinic.tokenOf('doctor')
  const call = async (procedure: string, input: unknown) => {
    const ask = () => clinic.call(procedure, input, { token: doctor, opId: mintId(clinic.now()) })
    let reply = await ask()
    // The meter of bulk reading trips once in sixty: medians do not feel it.
    if (!reply.ok && reply.error.code === 'STEP_UP_NEEDED') {
      clinic.tick(1)
      clinic.clinic.services.sessions.prove(clinic.session('doctor'))
      reply = await ask()
    }
    if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code} ${JSON.stringify(reply.error.details)}`)
    return reply.value
  }
  // The clinic is filled whole whatever is asked: a contest means the same alone as beside the others.
  const schedule = schedulingContests(clinic, call)
  await fillDay(clinic)
  const billing = await billingContests(clinic)
  const codes = await codesContest(clinic, call)
  const medicines = await prescribingContest(clinic, call)
  const trail = auditContests(clinic, byHand.writeAudit)
  const contests: Contest[] = [
    searchContest(),
    chartContest(),
    noteContest(),
    codes,
    medicines,
    ...schedule.contests,
    boardContest(clinic, byHand, call),
    ...billing.contests,
    ...trail.contests,
  ]
  const outcomes: Outcome[] = []
  for (const contest of contests.filter(({ name }) => isAsked(name))) {
    outcomes.push(await measure(contest, options.runs))
    process.stderr.write(`  ${patients} ${contest.name}: ${outcomes.at(-1)?.ratio.toFixed(2)}x\n`)
  }
  byHand.close()
  for (const { close } of [schedule, billing, codes, medicines, trail]) close()
  await clinic.close()
  return outcomes

  function searchContest(): Contest {
    const typed = () => {
      const { given, family } = patientName(random)
      return `${family.slice(0, 2 + Math.floor(random() * 2))} ${given.slice(0, 2)}`
    }
    return {
      name: 'search',
      perRun: 60,
      ours: async () => {
        const text = typed()
        return () => call('patients.search', { text })
      },
      handWritten: () => {
        const query = parseSearch(typed(), () => null)
        return () => byHand.search(query?.exact ?? '', query?.prefix ?? '')
      },
    }
  }

  function chartContest(): Contest {
    return {
      name: 'chart-open',
      perRun: 60,
      ours: async () => {
        const patientId = anyId()
        return () => call('chart.open', { patientId })
      },
      handWritten: () => {
        const patientId = anyId()
        return () => byHand.openChart(patientId)
      },
    }
  }

  function noteContest(): Contest {
    const text = JSON.stringify(body)
    return {
      name: 'note-save',
      perRun: 30,
      ours: async () => {
        const patientId = anyId()
        const draft = (await call('notes.start', { patientId })) as {
          id: string
          step: number
          title: string
        }
        const saved = (await call('notes.saveDraft', {
          patientId,
          draftId: draft.id,
          step: draft.step,
          title: draft.title || 'Visit',
          body,
        })) as { step: number }
        return () => call('notes.sign', { patientId, draftId: draft.id, step: saved.step })
      },
      handWritten: () => {
        const patientId = anyId()
        return () => byHand.saveNote(patientId, text)
      },
    }
  }
}

const bySize: Record<string, Outcome[]> = {}
for (const patients of options.patients) bySize[patients] = await benchOf(patients)
const rate = isAsked('filing') ? await filing(rowsPerPatient, options.runs) : null
if (rate) process.stderr.write(`  filing rows: ${rate.share.toFixed(2)} of the rate by hand\n`)

const smallest = String(Math.min(...options.patients))
const largest = String(Math.max(...options.patients))
const growth = Object.fromEntries(
  (bySize[largest] ?? []).map((o, i) => [o.name, o.ratio / (bySize[smallest]?.[i]?.ratio ?? Number.NaN)]),
)
const report: { patients: typeof bySize; growth: typeof growth; filing: typeof rate; runs: number } = {
  runs: options.runs,
  patients: bySize,
  growth,
  filing: rate,
}
process.stdout.write(`${JSON.stringify(report)}\n`)
