// Originals that came before their patient did: kept at the clinic level until now, filed with the patient.
import type { Reader } from '#core/store/reader.ts'
import { parseWithDigits, type RawObject } from './fhir-element.ts'
import { parseFhirTime } from './fhir-time.ts'
import type { GroupItem } from './plan.ts'
import { mapResource } from './map/map-resource.ts'
import * as q from './queries.ts'
import { FileIndex, keyText, type Located, type ResourceKey } from './references.ts'
import { originalOf } from './staged.ts'

export function waitingFor(read: Reader, patientKey: ResourceKey): GroupItem[] {
  return read.all(q.waitingForPatient, { subject: keyText(patientKey) }).map((row) => {
    const key: ResourceKey = [row.source_ns, row.resource_type, row.source_id]
    const { value, digits } = parseWithDigits(originalOf(row.content))
    // Its file is gone: what it referred to is found by what is known here, or not at all.
    const base = /^https?:/.test(row.source_ns) ? row.source_ns : null
    const located: Located = { key, base, fullUrl: null, raw: value as RawObject }
    const { draft } = mapResource(located, new FileIndex(row.source_ns), digits)
    return {
      fileId: '',
      place: '',
      isOld: false,
      key,
      digest: row.digest,
      title: row.title,
      clinicalAt: row.clinical_at,
      atMs: row.clinical_at === null ? null : (parseFhirTime(row.clinical_at)?.ms ?? null),
      versionMs: null,
      draft,
      content: row.content,
    }
  })
}
