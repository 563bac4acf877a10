// The FHIR files the journeys import, and whom they are about.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from './paths.ts'

const folder = path.join(root, 'test/data/fhir/synthea')

interface Resource {
  readonly resourceType: string
  readonly name?: readonly { readonly family?: string; readonly given?: readonly string[] }[]
}
interface Bundle extends Resource {
  readonly entry?: readonly { readonly resource?: Resource }[]
}

/** Whole patient records: bundles with one patient each, small enough to be read in a moment. */
export function patientBundles(): {
  readonly file: string
  readonly family: string
  readonly given: string
}[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name)
      const bytes = readFileSync(file)
      const bundle = JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Bundle
      const people = (bundle.entry ?? []).filter(({ resource }) => resource?.resourceType === 'Patient')
      const called = people[0]?.resource?.name?.[0]
      if (bundle.resourceType !== 'Bundle' || people.length !== 1 || !called?.family) return []
      return [{ file, family: called.family, given: called.given?.[0] ?? '' }]
    })
}
