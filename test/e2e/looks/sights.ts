// Which patients, notes and imports of the demo clinic the pictures show. Chosen by what there is to see, so that the
// demo data may change; two imports are made, one filed and one waiting with a problem.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { demoPassword } from '#shared/demo.ts'
import { patientBundles } from '../support/bundles.ts'
import type { WebCaller } from '../support/web-caller.ts'
import { chooseDaySights, type DaySights } from './day-sights.ts'
import { chooseSafetySights, type SafetySights } from './safety-sights.ts'

export { biller, desk, nurse, officer } from './day-sights.ts'

export interface Sights extends DaySights, SafetySights {
  readonly richId: string
  readonly richName: string
  readonly problemId: string
  readonly noteId: string
  /** A signed note of the person whose window it is. */
  readonly ownNote: { readonly patientId: string; readonly id: string }
  readonly reportOf: string
  readonly reportId: string
  /** A patient with an own open draft. */
  readonly draftId: string
  /** A patient about whom nothing is recorded. */
  readonly emptyId: string
  readonly importedId: string
  readonly sourceId: string
  readonly doneBatchId: string
  readonly readyBatchId: string
}

export interface Chart {
  readonly banner: { readonly patientId: string; readonly name: string }
  readonly allergies: { readonly items: readonly unknown[] }
  readonly problems: readonly { readonly id: string }[]
  readonly medicines: readonly unknown[]
  readonly vitals: readonly unknown[]
  readonly notes: readonly { readonly id: string; readonly authorName: string; readonly kind: string }[]
  readonly drafts: readonly { readonly mine: boolean }[]
  readonly timeline: readonly { readonly kind: string; readonly id: string }[]
}

/** Who looks: the demo's doctor-admin, and its administrator without patients. */
export const doctor = 'maya.keller'
export const administrator = 'iveta.novak'

/** Signs the caller in. */
export async function chooseSights(caller: WebCaller): Promise<Sights> {
  await caller.call('session.signIn', { username: doctor, password: demoPassword })
  await caller.call('session.switchRole', { role: 'doctor' })
  const doneBatchId = await importBundles(caller, 2, [])
  await fileBatch(caller, doneBatchId)
  const broken = {
    name: 'cut-off.json',
    bytes: Buffer.from('{"resourceType":"Bundle","entry":[{"resource":{"resour'),
  }
  const readyBatchId = await importBundles(caller, 1, [broken])
  const empty = await caller.call<{ id: string }>('patients.register', {
    name: 'Juno Adeyemi',
    gender: 'unknown',
  })

  const charts = await everyChart(caller)
  const worth = (chart: Chart) =>
    Math.min(3, chart.allergies.items.length) * 4 +
    Math.min(4, chart.problems.length) * 3 +
    Math.min(4, chart.medicines.length) * 3 +
    Math.min(6, chart.vitals.length) +
    Math.min(4, chart.notes.length) * 4
  const imported = await caller.call<{ patients: { id: string }[] }>('patients.search', {
    text: patientBundles()[0]?.family ?? '',
  })
  const importedId = imported.patients[0]?.id ?? ''
  const native = charts.filter(({ banner }) => banner.patientId !== importedId)
  const rich = native
    .filter(({ notes, drafts }) => notes.length > 0 && drafts.length === 0)
    .sort((a, b) => worth(b) - worth(a))[0]
  const withDraft = charts.find(({ drafts }) => drafts.some(({ mine }) => mine))
  const withReport = native.find(({ timeline }) => timeline.some(({ kind }) => kind === 'report'))
  const own = native.flatMap(({ banner, notes, drafts }) =>
    notes
      .filter(
        ({ authorName, kind }) => drafts.length === 0 && kind === 'note' && authorName.includes('Keller'),
      )
      .map(({ id }) => ({ patientId: banner.patientId, id })),
  )[0]
  const sources = await caller.call<{ items: { id: string }[] }>('chart.sources', { patientId: importedId })
  if (!rich || !withDraft || !withReport || !own) throw new Error('the demo clinic has too little to show')
  // A list of patients opened lately, the best one on top.
  for (const { banner } of [...native.slice(0, 9), rich])
    await caller.call('chart.open', { patientId: banner.patientId })
  const daySights = await chooseDaySights(caller, charts)
  const asking = native.find(
    ({ banner, notes }) => banner.patientId !== rich.banner.patientId && notes.length > 0,
  )
  const safetySights = await chooseSafetySights(caller, doctor, empty.id, {
    patientId: asking?.banner.patientId ?? '',
    noteId: asking?.notes[0]?.id ?? '',
  })
  return {
    ...daySights,
    ...safetySights,
    richId: rich.banner.patientId,
    richName: rich.banner.name,
    problemId: rich.problems[0]?.id ?? '',
    noteId: rich.notes[0]?.id ?? '',
    ownNote: own,
    reportOf: withReport.banner.patientId,
    reportId: withReport.timeline.find(({ kind }) => kind === 'report')?.id ?? '',
    draftId: withDraft.banner.patientId,
    emptyId: empty.id,
    importedId,
    sourceId: sources.items[0]?.id ?? '',
    doneBatchId,
    readyBatchId,
  }
}

async function everyChart(caller: WebCaller): Promise<Chart[]> {
  const ids = new Set<string>()
  for (const letter of 'aeioun') {
    const { patients } = await caller.call<{ patients: { id: string }[] }>('patients.search', {
      text: letter,
      limit: 50,
    })
    for (const { id } of patients) ids.add(id)
  }
  const drafts = await caller.call<{ patientId: string }[]>('notes.myDrafts')
  for (const { patientId } of drafts) ids.add(patientId)
  const charts: Chart[] = []
  for (const patientId of ids) charts.push(await caller.call<Chart>('chart.open', { patientId }))
  return charts
}

interface UploadFile {
  readonly name: string
  readonly bytes: Buffer
}

async function importBundles(caller: WebCaller, count: number, more: readonly UploadFile[]): Promise<string> {
  const { id } = await caller.call<{ id: string }>('imports.create', { sourceName: 'St. Brendan’s Surgery' })
  const bundles = patientBundles()
    .slice(0, count)
    .map(({ file }) => ({ name: path.basename(file), bytes: readFileSync(file) }))
  for (const { name, bytes } of [...bundles, ...more]) {
    const { token } = await caller.call<{ token: string }>('imports.beginUpload', { batchId: id, name })
    await caller.upload(token, bytes)
  }
  await until(caller, id, 'ready')
  return id
}

async function fileBatch(caller: WebCaller, batchId: string): Promise<void> {
  await caller.call('imports.start', { batchId, careTeam: [] })
  await until(caller, batchId, 'done')
}

async function until(caller: WebCaller, batchId: string, wanted: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const { status } = await caller.call<{ status: string }>('imports.get', { batchId })
    if (status === wanted) return
    if (Date.now() > deadline) throw new Error(`the import is still ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
