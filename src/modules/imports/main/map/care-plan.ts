// CarePlan: what is planned, by activity, and the problems it is for.
import type { FhirElement } from '../fhir-element.ts'
import { type Columns, firstCoded, type References } from './row.ts'

const statuses = [
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'entered-in-error',
  'unknown',
] as const

export function mapCarePlan(r: FhirElement, refs: References): Columns<'carePlan'> {
  const category = firstCoded(r, 'category')
  const activities = r.many('activity').flatMap((a) => activityOf(a, refs) ?? [])
  const addresses = refs.many(r, 'addresses', 'Condition').flatMap((p) => p.display ?? [])
  const description = r.text('description')
  const title = r.line('title') ?? category?.display ?? description ?? activities[0] ?? null
  if (title === null) throw r.fault('title')
  const period = r.one('period')
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  return {
    status: r.requiredCode('status', statuses),
    intent: r.requiredCode('intent', ['proposal', 'plan', 'order', 'option']),
    title,
    category_display: category?.display ?? null,
    description,
    activities: listOf(activities),
    addresses: listOf(addresses),
    period_start: period?.timeText('start') ?? null,
    period_end: period?.timeText('end') ?? null,
  }
}

/** What is not to be done must read as such: such a plan is kept as it came. */
function activityOf(activity: FhirElement, refs: References): string | null {
  const detail = activity.one('detail')
  if (detail?.flag('doNotPerform') === true) throw detail.fault('doNotPerform')
  return (
    detail?.coded('code')?.display ??
    detail?.text('description') ??
    refs.one(activity, 'reference')?.display ??
    null
  )
}

const listOf = (texts: readonly string[]) => (texts.length === 0 ? null : JSON.stringify(texts))
