// Nothing is lost: every file of the FHIR test data, and of the larger collection where it is there (OSLER_EXTRA_DATA),
// is counted by its own means and compared with what the import says and what stands in the database.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { importPaths, type ImportSummary } from '#modules/imports/main/api.ts'
import { originalOf } from '#modules/imports/main/staged.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { recordDigest, undo, visibleRows } from '#testkit/importing.ts'
import { testData } from '#testkit/read-fhir.ts'

const extra = process.env.OSLER_EXTRA_DATA ? path.join(process.env.OSLER_EXTRA_DATA, 'fhir') : null

interface Counted {
  /** Resources as objects, in no order. */
  readonly resources: readonly object[]
  readonly entriesWithout: number
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name))
}

/** Null for what is no JSON: lists and notices beside the data. */
function countFile(file: string): Counted | null {
  if (!/\.json(\.gz)?$/.test(file)) return null
  const bytes = readFileSync(file)
  const json = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as {
    resourceType: string
    entry?: { resource?: object }[]
  }
  if (json.resourceType !== 'Bundle') return { resources: [json], entriesWithout: 0 }
  const entries = json.entry ?? []
  const resources = entries.flatMap((e) => (e.resource ? [e.resource] : []))
  return { resources, entriesWithout: entries.length - resources.length }
}

function actorOf(clinic: TestClinic) {
  return {
    userId: clinic.userId('admin'),
    userName: 'Admin',
    role: 'admin',
    roles: ['admin'],
    sessionId: 'test',
  } as const
}

async function checkFolder(clinic: TestClinic, folder: string): Promise<ImportSummary> {
  const summary = await importPaths(clinic.clinic, actorOf(clinic), [folder])
  const batch = await clinic.as('admin').imports.get({ batchId: summary.batch as never })
  const shown = new Map(batch.files.map((f) => [f.name, f]))
  const types = new Map<string, number>()
  let resources = 0
  const wrong: unknown[] = []
  for (const file of filesUnder(folder)) {
    const counted = countFile(file)
    const said = shown.get(file)
    const refused = summary.refused.filter((r) => r.file === file)
    if (!counted) {
      if (said?.status !== 'refused' || refused.length !== 1) wrong.push([file, said, refused])
      continue
    }
    const without = refused.filter(
      (r) => r.reason === 'ENTRY_WITHOUT_RESOURCE' && /^entry\[\d+\]$/.test(r.place),
    )
    const isRight =
      said?.status === 'read' &&
      said.resources === counted.resources.length &&
      said.mapped + said.keptAsSource === counted.resources.length &&
      said.refused === counted.entriesWithout &&
      without.length === counted.entriesWithout &&
      refused.length === without.length
    if (!isRight) wrong.push([file, counted.resources.length, counted.entriesWithout, said, refused])
    resources += counted.resources.length
    for (const r of counted.resources) {
      const type = (r as { resourceType: string }).resourceType
      types.set(type, (types.get(type) ?? 0) + 1)
    }
  }
  expect(wrong).toEqual([])
  expect(summary).toMatchObject({ status: 'done', resources })
  expect(summary.mapped + summary.keptAsSource).toBe(resources)
  const said = batch.counts.byType
  expect(new Map(said.map((t) => [t.resourceType, t.found]))).toEqual(types)
  expect(said.filter((t) => t.mapped + t.keptAsSource !== t.found)).toEqual([])
  return summary
}

/** The originals as they stand, superseded versions included. */
function originals(clinic: TestClinic): Set<string> {
  const rows = clinic.read((r) => r.list((db) => db.selectFrom('source_resource').select('content')))
  return new Set(rows.map((r) => JSON.stringify(JSON.parse(originalOf(r.content)))))
}

async function checkAgain(clinic: TestClinic, folder: string, first: ImportSummary): Promise<void> {
  const before = recordDigest(clinic)
  const again = await importPaths(clinic.clinic, actorOf(clinic), [folder])
  expect(again).toMatchObject({
    resources: first.resources,
    mapped: first.mapped,
    keptAsSource: first.keptAsSource,
    unchanged: first.resources,
    created: 0,
    updated: 0,
    reviews: 0,
  })
  expect(again.refused.map((r) => [r.file, r.place, r.reason])).toEqual(
    first.refused.map((r) => [r.file, r.place, r.reason]),
  )
  expect(recordDigest(clinic)).toBe(before)
}

describe('the test data', () => {
  test('goes in without a lost resource, changes nothing the second time, and comes out again', {
    timeout: 180_000,
  }, async () => {
    await using clinic = await testClinic()
    const nothing = visibleRows(clinic)
    const summary = await checkFolder(clinic, testData)
    const kept = originals(clinic)
    const given = filesUnder(testData).flatMap((f) => countFile(f)?.resources ?? [])
    expect(given.filter((r) => !kept.has(JSON.stringify(r)))).toEqual([])
    const inserted = clinic.read((r) => r.list((db) => db.selectFrom('source_resource').select('id')))
    expect(inserted).toHaveLength(summary.resources - summary.unchanged)
    await checkAgain(clinic, testData, summary)
    const undone = await undo(clinic, 'admin', summary.batch)
    expect(undone).toMatchObject({ status: 'undone', counts: { leftStanding: 0 } })
    expect(visibleRows(clinic)).toEqual(nothing)
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })
  })

  test('is refused to who may not import', async () => {
    await using clinic = await testClinic()
    const nurse = { ...actorOf(clinic), role: 'nurse' as const, roles: ['nurse' as const] }
    await expect(importPaths(clinic.clinic, nurse, [testData])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const nowhere = path.join(testData, 'no-such-file.json')
    await expect(importPaths(clinic.clinic, actorOf(clinic), [nowhere])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(clinic.auditOf('import.create')).toEqual([])
  })
})

test.skipIf(extra === null)(
  'the whole collection goes in without a lost resource, twice',
  { timeout: 900_000 },
  async () => {
    await using clinic = await testClinic()
    const folder = extra ?? ''
    const summary = await checkFolder(clinic, folder)
    expect(summary.resources).toBeGreaterThan(60_000)
    await checkAgain(clinic, folder, summary)
  },
)
