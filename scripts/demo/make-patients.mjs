// Turns the invented people into the records of the demo clinic. Same code, same records: nothing here knows the date.
import { ChartBuilder } from './chart-builder.mjs'
import { demoPeople } from './people.mjs'
import { createRandom } from './random.mjs'

const streets = [
  'Summerhill North',
  'College Road',
  'Evergreen Street',
  'Friars Walk',
  'Model Farm Road',
  'Old Youghal Road',
  'Gillabbey Street',
  'Shandon Street',
]

export function makePatients() {
  return demoPeople.map((person, index) => makePatient(person, index))
}

function makePatient(person, index) {
  const random = createRandom(`osler demo ${person.key}`)
  const chart = new ChartBuilder(person, random)
  person.tell(chart)
  const { data } = chart
  // What happened after a death, or before a birth, did not happen.
  const lived = (entry) => entry.day < person.bornDaysAgo && entry.day >= (person.deceased ?? 0)
  const newestFirst = (list) => list.filter(lived).sort((a, b) => b.day - a.day)
  const first = Math.max(...data.visits.map((v) => v.day))
  return {
    key: person.key,
    doctor: chart.by,
    name: nameOf(person),
    gender: person.gender,
    bornDaysAgo: person.bornDaysAgo,
    birthEstimated: person.estimated ?? false,
    deceasedDaysAgo: person.deceased ?? null,
    language: person.language ?? 'en',
    marital: maritalOf(person),
    registeredDaysAgo: Math.min(first + random.int(0, 40), person.bornDaysAgo - 1),
    phone: `+353 20 91${random.int(0, 9)} ${String(1000 + index * 83 + random.int(0, 70)).padStart(4, '0')}`,
    email:
      person.bornDaysAgo > 6600 && person.bornDaysAgo < 27_000 && random.chance(0.5)
        ? `${person.key}@example.org`
        : null,
    address: person.address ?? [
      `${random.int(1, 96)} ${random.pick(streets)}`,
      'Cork',
      `T12 ${random.pick(['A', 'C', 'H', 'K', 'R'])}${random.int(100, 999)}`,
    ],
    contacts: contactsOf(person),
    flag: person.flag ? { kind: person.flag[0], text: person.flag[1] } : null,
    allergies: allergiesOf(person, first),
    problems: newestFirst(data.problems),
    medicines: newestFirst(data.medicines).map((m) => endAtDeath(m, person)),
    visits: newestFirst(data.visits),
    reports: newestFirst(data.reports),
    immunizations: newestFirst(data.immunizations),
    procedures: newestFirst(data.procedures),
    documents: newestFirst(data.documents),
    carePlans: newestFirst(data.carePlans),
    today: person.today ?? null,
  }
}

function nameOf({ text, family, given, latin, maiden, nickname }) {
  const others = []
  if (latin) others.push({ use: 'official', text: latin })
  if (maiden) others.push({ use: 'maiden', text: `${given} ${maiden}` })
  if (nickname) others.push({ use: 'nickname', text: nickname })
  return { text, family, given, others }
}

function maritalOf({ married, widowed, divorced }) {
  if (married) return 'M'
  if (widowed) return 'W'
  return divorced ? 'D' : null
}

function contactsOf({ parents = [], contactOf = [], contact }) {
  return [
    ...parents.map((key) => ({ relationship: 'Parent', key })),
    ...contactOf.map(([key, relationship]) => ({ relationship, key })),
    ...(contact ? [{ relationship: contact[0], name: contact[1], phone: contact[2] }] : []),
  ]
}

/** `none` is a recorded fact; nothing at all means that nobody has asked yet. */
function allergiesOf({ allergies }, firstVisit) {
  if (allergies === undefined) return { asked: false, items: [] }
  if (allergies === 'none') return { asked: true, items: [] }
  const items = allergies.map(([substance, reactions, severity, criticality, state]) => ({
    substance,
    reactions,
    severity,
    criticality,
    clinical: state === 'resolved' ? 'resolved' : 'active',
    verification: state === 'refuted' ? 'refuted' : 'confirmed',
    day: firstVisit,
  }))
  return { asked: true, items }
}

function endAtDeath(medicine, person) {
  if (!person.deceased || medicine.until !== undefined) return medicine
  return { ...medicine, until: person.deceased, status: 'stopped' }
}

/** One patient a line, oldest registration first: record numbers are given in that order. */
export function demoLines() {
  return makePatients()
    .sort((a, b) => b.registeredDaysAgo - a.registeredDaysAgo)
    .map((patient) => `${JSON.stringify(patient)}\n`)
    .join('')
}
