// Collects what is known about one invented patient. Times are days before the day the demo clinic is made,
// so that its yesterday is always yesterday.
import { bmiOf, restingFor, sizeOf } from './body.mjs'
import { dipstickOf, panelOf } from './labs.mjs'
import { round } from './random.mjs'

/** Without the words that notes quote. */
const measuredOnly = (vitals) =>
  Object.fromEntries(Object.entries(vitals).filter(([, value]) => typeof value === 'number'))

export class ChartBuilder {
  constructor(person, random) {
    this.person = person
    this.random = random
    this.by = person.doctor ?? 'keller'
    this.data = {
      problems: [],
      medicines: [],
      visits: [],
      reports: [],
      immunizations: [],
      procedures: [],
      documents: [],
      carePlans: [],
    }
    this.usedDays = new Set()
  }

  ageAt(daysAgo) {
    return (this.person.bornDaysAgo - daysAgo) / 365.25
  }

  /** No two visits on one day: the next free day before. */
  freeDay(daysAgo) {
    let day = Math.max(1, Math.round(daysAgo))
    while (this.usedDays.has(day)) day += 1
    this.usedDays.add(day)
    return day
  }

  /** Stretches follow-up over a long history, so that somebody ill for years was also seen this season. */
  spread(found, gaps) {
    const last = gaps[gaps.length - 1]
    const room = found - 25
    if (room < last * 1.25) return gaps
    return gaps.map((gap, n) => (n === 0 ? gap : Math.round((gap * room) / last)))
  }

  /**
   * What is measured in a visit. `what` names the measurements; `given` are values that matter, the rest is the body's
   * own. Returns numbers and the words notes use.
   */
  measure(daysAgo, what, given = {}) {
    const { random, person } = this
    const years = this.ageAt(daysAgo)
    const rest = { ...restingFor(years), ...person.body.resting }
    const size = sizeOf(person.body, years)
    const values = {}
    for (const name of what.split(' ')) {
      if (name === 'bp') {
        values.sys = Math.round(given.sys ?? random.near(rest.sys, 5))
        values.dia = Math.round(given.dia ?? random.near(rest.dia, 4))
      } else if (name === 'hr') values.hr = Math.round(given.hr ?? random.near(rest.hr, 6))
      else if (name === 'rr') values.rr = Math.round(given.rr ?? random.near(rest.rr, 1.6))
      else if (name === 'temp') values.temp = round(given.temp ?? random.near(36.6, 0.3), 1)
      else if (name === 'spo2') values.spo2 = Math.round(given.spo2 ?? random.near(98, 1))
      else if (name === 'weight')
        values.weight = round(
          given.weight ?? random.near(size.weight, size.weight * 0.008),
          years < 2 ? 2 : 1,
        )
      else if (name === 'height') values.height = round(given.height ?? size.height, years < 18 ? 1 : 0)
      else if (name === 'head') values.head = round(given.head ?? size.head, 1)
      else if (name === 'pain') values.pain = given.pain
    }
    if (values.weight && values.height && years >= 2) values.bmi = bmiOf(values.weight, values.height)
    return {
      ...values,
      bp: `${values.sys}/${values.dia}`,
      t: `${values.temp?.toFixed(1)} °C`,
    }
  }

  /** `note` is { title, s, o, a, p }; a list becomes bullet points. */
  visit(daysAgo, { type, reason, by, vitals, note, minutes, addendum, correction }) {
    const random = this.random
    this.data.visits.push({
      day: daysAgo,
      minute: 8 * 60 + random.int(0, 48) * 10,
      minutes: minutes ?? random.pick([10, 10, 15, 15, 20]),
      type: type ?? 'Consultation',
      reason,
      by: by ?? this.by,
      ...(vitals ? { vitals: measuredOnly(vitals) } : {}),
      ...(note ? { note } : {}),
      ...(addendum ? { addendum } : {}),
      ...(correction ? { correction } : {}),
    })
    return daysAgo
  }

  problem(code, display, day, more = {}) {
    this.data.problems.push({
      code,
      display,
      day,
      status: more.until === undefined ? 'active' : 'resolved',
      ...more,
    })
  }

  medicine(display, directions, day, more = {}) {
    this.data.medicines.push({
      display,
      directions,
      day,
      status: more.until === undefined ? 'active' : 'completed',
      by: this.by,
      ...more,
    })
  }

  /** A course that is over before today ends by itself. */
  course(display, directions, day, lengthDays, more = {}) {
    this.medicine(display, directions, day, { until: Math.max(0, day - lengthDays), ...more })
  }

  lab(name, day, given, conclusion) {
    this.data.reports.push({
      day,
      ...panelOf(name, this.random, given),
      ...(conclusion ? { conclusion } : {}),
    })
  }

  urine(day, found, conclusion) {
    this.data.reports.push({ day, ...dipstickOf(found), ...(conclusion ? { conclusion } : {}) })
  }

  vaccine(cvx, display, day, more = {}) {
    if (day < 1) return
    this.data.immunizations.push({ cvx, display, day, ...more })
  }

  procedure(display, day, more = {}) {
    this.data.procedures.push({ display, day, by: this.by, ...more })
  }

  document(type, title, day, author, description) {
    this.data.documents.push({ type, title, day, author, description })
  }

  plan(title, day, activities, addresses, description) {
    this.data.carePlans.push({ title, day, activities, addresses, description })
  }
}
