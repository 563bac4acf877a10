// PRIV-01: a copy of a record, taken apart, checked, and brought into another clinic: no field of a mapped resource is lost.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { strFromU8 } from 'fflate'
import { expect, test } from 'vitest'
import { sensitivityLabel } from '#modules/access/main/tables.ts'
import type { PatientId } from '#shared/ids.ts'
import { testClinic } from '#testkit/clinic.ts'
import { copyOf, type Files } from '#testkit/copies.ts'
import { type GivenFile, importFiles } from '#testkit/importing.ts'
import { lostFields, patientIds } from '#testkit/round-trip.ts'
import { testData } from '#testkit/read-fhir.ts'

const inFolder = (folder: string, most: number): GivenFile[] =>
  readdirSync(folder)
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .slice(0, most)
    .map((name) => [name, readFileSync(path.join(folder, name))])

test('PRIV-01: real patients go through a copy into another clinic without losing a field', {
  timeout: 120_000,
}, async () => {
  const files = inFolder(path.join(testData, 'synthea'), 99).filter(([name]) =>
    /Carla|hospital|practitioner/.test(name),
  )
  const { lost, rows } = await lostFields(files)
  expect(lost.slice(0, 5)).toEqual([])
  expect(rows).toBeGreaterThan(100)
})

test('PRIV-01: the copy holds bundle, document, originals byte for byte, and a manifest whose signature and digests hold', {
  timeout: 60_000,
}, async () => {
  await using clinic = await testClinic()
  await importFiles(
    clinic,
    'admin',
    inFolder(path.join(testData, 'synthea'), 99).filter(([name]) => name.startsWith('Carla')),
  )
  const [patientId] = patientIds(clinic) as [PatientId]
  const doctor = clinic.as('doctor')
  const { items } = await clinic.as('privacy').privacy.items({ patientId, table: 'condition' })
  const asked = await clinic.as('privacy').privacy.askAmendment({
    patientId,
    targetTable: 'condition',
    targetId: items[0]?.id ?? '',
    words: 'Wrong side of the body',
  })
  await doctor.privacy.answerAmendment({
    patientId,
    id: asked.id,
    rev: asked.rev,
    answer: 'refused',
    reason: 'Seen on the image',
  })
  const note = await doctor.notes.start({ patientId, title: 'A signed note' })
  await doctor.notes.saveDraft({
    patientId,
    draftId: note.id,
    step: note.step,
    title: 'A signed note',
    body: {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Told what to do <at home>' }] }],
    },
  })
  await doctor.notes.sign({ patientId, draftId: note.id, step: note.step + 1 })
  const files = await copyOf(clinic, patientId, { language: 'ar' })
  const names = Object.keys(files)
  expect(names.slice(0, 1)).toEqual(['record.json'])
  expect(names).toEqual(expect.arrayContaining(['record.xml', 'record.pdf', 'README.txt']))
  const manifest = files['manifest.json'] as Uint8Array
  const told = JSON.parse(strFromU8(manifest)) as {
    publicKey: string
    files: { path: string; sha256: string; bytes: number }[]
  }
  expect(told.files.map((f) => f.path).sort()).toEqual(names.filter((n) => !n.startsWith('manifest')).sort())
  for (const file of told.files) {
    const bytes = files[file.path] as Uint8Array
    expect([file.path, bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([
      file.path,
      file.bytes,
      file.sha256,
    ])
  }
  const key = createPublicKey({ key: Buffer.from(told.publicKey, 'base64'), format: 'der', type: 'spki' })
  const signature = Buffer.from(strFromU8(files['manifest.sig'] as Uint8Array), 'base64')
  expect(verify(null, manifest, key, signature)).toBe(true)
  manifest[10] = (manifest[10] ?? 0) ^ 1
  expect(verify(null, manifest, key, signature)).toBe(false)

  const sources = clinic.read((r) =>
    r.list((db) =>
      db
        .selectFrom('source_resource')
        .select(['id', 'resource_type', 'content'])
        .where('patient_id', '=', patientId),
    ),
  )
  expect(sources.length).toBeGreaterThan(100)
  for (const source of sources) {
    const original = files[`originals/${source.resource_type}-${source.id}.json`]
    expect(Buffer.from(original ?? []).equals(inflateRawSync(source.content))).toBe(true)
  }
  const bundle = JSON.parse(strFromU8(files['record.json'] as Uint8Array)) as {
    entry: { resource: { resourceType: string; [k: string]: unknown } }[]
  }
  const kinds = new Map<string, number>()
  for (const { resource } of bundle.entry)
    kinds.set(resource.resourceType, (kinds.get(resource.resourceType) ?? 0) + 1)
  expect([...kinds.keys()].sort()).toEqual(
    expect.arrayContaining([
      'AllergyIntolerance',
      'Basic',
      'CarePlan',
      'Composition',
      'Condition',
      'Encounter',
      'Immunization',
      'MedicationRequest',
      'Observation',
      'Organization',
      'Patient',
      'Practitioner',
      'Procedure',
    ]),
  )
  expect(strFromU8(files['record.json'] as Uint8Array)).toContain('Told what to do &lt;at home&gt;')
  expect(strFromU8(files['record.json'] as Uint8Array)).toContain('Wrong side of the body')
  expect(strFromU8((files['record.pdf'] as Uint8Array).subarray(0, 5), true)).toBe('%PDF-')
  expect(strFromU8(files['README.txt'] as Uint8Array)).toContain('نسخة من ملف طبي')
  const [entry] = clinic.auditOf('record.export')
  expect(entry).toMatchObject({ outcome: 'ok', detail: 'patient: Asked for a copy' })
})

test('PRIV-01: others get no marked item, patients all but psychotherapy notes; what is held back is listed with its law', {
  timeout: 60_000,
}, async () => {
  await using clinic = await testClinic()
  const subject = { reference: 'Patient/p' }
  const words = ['Zqopen', 'Zqsubstance', 'Zqtherapy']
  await importFiles(clinic, 'admin', [
    [
      'a.json',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { resource: { resourceType: 'Patient', id: 'p', name: [{ text: 'Marked Person' }] } },
          ...words.map((text, n) => ({
            resource: { resourceType: 'Condition', id: `c${n}`, subject, code: { text } },
          })),
        ],
      },
    ],
  ])
  const [patientId] = patientIds(clinic) as [PatientId]
  const rows = clinic.read((r) => r.list((db) => db.selectFrom('condition').select(['id', 'code_display'])))
  clinic.transact((ctx) => {
    for (const [word, flag] of [
      ['Zqsubstance', 'substance-use'],
      ['Zqtherapy', 'psychotherapy'],
    ]) {
      ctx.write.insert(sensitivityLabel, {
        patient_id: patientId,
        target_table: 'condition',
        target_id: rows.find((r) => r.code_display === word)?.id ?? '',
        flag: flag ?? '',
        set_by: clinic.userId('doctor'),
        set_at: ctx.now,
      })
    }
  })
  const inside = (files: Files) =>
    words.filter((word) =>
      Object.entries(files).some(([, bytes]) => Buffer.from(bytes).toString('latin1').includes(word)),
    )
  const forPatient = await copyOf(clinic, patientId)
  expect(inside(forPatient)).toEqual(['Zqopen', 'Zqsubstance'])
  const readme = strFromU8(forPatient['README.txt'] as Uint8Array)
  expect(readme).toContain('42 CFR part 2 prohibits')
  expect(readme).toMatch(/Problems and diagnoses: 1, psychotherapy notes/)
  const forOther = await copyOf(clinic, patientId, { recipientKind: 'other', consent: true })
  expect(inside(forOther)).toEqual(['Zqopen'])
  expect(strFromU8(forOther['README.txt'] as Uint8Array)).toMatch(
    /Problems and diagnoses: 2, marked as sensitive/,
  )
})
