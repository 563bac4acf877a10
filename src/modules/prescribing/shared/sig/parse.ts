// Written directions to their meaning. The rule of this file: every token is accounted for, nothing is filled twice,
// parts do not contradict each other, and a dose comes with how often. Otherwise the directions stay as written.
import { dosePhrases, methodOf, routePhrases, verbPhrases } from './dose.ts'
import { durationPhrases, maximumPhrases, supplyPhrases } from './duration.ts'
import { advicePhrases, needReaders } from './extras.ts'
import { Contradiction, isOneTimeSaidTwice, type Placed, requireFitting } from './fit.ts'
import { frequencyPhrases, noFrequency, schemeAt, whenReaders } from './frequency.ts'
import { isDash, longest, type Match, numberAt, type Part } from './pattern.ts'
import { type Token, tokenise } from './tokenise.ts'
import { countedUnits, measuredUnits, unitWords } from './vocabulary.ts'
import { type DoseUnit, type Frequency, Sig, type SigProblem, type SigReading } from './types.ts'

export interface SigContext {
  /** What one of this medicine is, so that "1 bd" can be read: a tablet's tablet. */
  readonly unit?: DoseUnit | null
  /** Where the clinic's country writes "od" for once a day. Elsewhere it is the right eye: kept as written. */
  readonly odIsDaily?: boolean
}

const readers = [
  ...dosePhrases,
  ...frequencyPhrases,
  ...whenReaders,
  ...routePhrases,
  ...durationPhrases,
  ...maximumPhrases,
  ...supplyPhrases,
  ...needReaders,
  ...advicePhrases,
  ...verbPhrases,
]

export function parseSig(text: string, context: SigContext = {}): SigReading {
  const tokens = tokenise(text)
  if (tokens.every((t) => t.kind === 'separator')) return { text, why: 'empty', unparsed: [] }
  const { placed, unread } = readAll(tokens, context)
  if (unread.length > 0) return asText(text, 'words', tokens, unread)
  return assemble(text, tokens, placed)
}

function asText(text: string, why: SigProblem, tokens: readonly Token[], at: readonly number[]): SigReading {
  const unparsed = at.flatMap((i) => {
    const t = tokens[i]
    return t ? [{ start: t.start, end: t.end, text: text.slice(t.start, t.end) }] : []
  })
  return { text, why, unparsed }
}

/** From the left, the longest phrase each time. A token no phrase begins with is left over. */
function readAll(tokens: readonly Token[], context: SigContext): { placed: Placed[]; unread: number[] } {
  const placed: Placed[] = []
  const unread: number[] = []
  let at = 0
  while (at < tokens.length) {
    const special = schemeMatches(tokens, at, context)
    if (special) {
      for (const m of special.parts) placed.push({ part: m, from: at, to: special.end })
      at = special.end
      continue
    }
    const match = longest(readers, tokens, at) ?? locally(tokens, at, context, placed)
    if (match) {
      placed.push({ part: match.part, from: at, to: match.end })
      at = match.end
    } else if (tokens[at]?.kind === 'separator') {
      at += 1
    } else {
      unread.push(at)
      at += 1
    }
  }
  return { placed, unread }
}

/** "1-0-1" says dose and frequency at once; its unit follows, or is the medicine's. */
function schemeMatches(tokens: readonly Token[], at: number, context: SigContext) {
  const scheme = schemeAt(tokens, at)
  if (!scheme || tokens[at - 1]?.text === '-') return null
  const unitAfter = unitWords[tokens[scheme.end]?.text ?? ''] ?? null
  const unit = unitAfter ?? context.unit ?? null
  if (unit === null || (unitAfter === null && !isBarePieces(tokens.slice(at, scheme.end), scheme.dose, unit)))
    return null
  const parts: Part[] = [
    { slot: 'dose', value: { low: scheme.dose, high: null, unit } },
    { slot: 'when', whens: scheme.whens, isScheme: true },
  ]
  return { end: unitAfter ? scheme.end + 1 : scheme.end, parts }
}

/** Readings that hold only here: a bare number of this medicine, "od" in this country, "and" before advice. */
function locally(
  tokens: readonly Token[],
  at: number,
  context: SigContext,
  placed: readonly Placed[],
): Match | null {
  const token = tokens[at]
  if (token?.text === 'od' && context.odIsDaily && isSwallowed(placed, context)) {
    return { end: at + 1, part: { slot: 'frequency', value: { times: 1 }, isOd: true } }
  }
  if (token?.text === 'and') {
    const next = longest(readers, tokens, at + 1)
    return next?.part.slot === 'advice' ? next : null
  }
  const isFirst = placed.every((p) => p.part.slot === 'method') && placed.length === at
  return context.unit && isFirst ? bareNumber(tokens, at, context.unit) : null
}

/**
 * Numbers without a unit count pieces only while they are small: "5 daily" of a 5 mg tablet is 5 mg. What is measured
 * is never meant by a bare number: 5 mg and 5 ml of a solution are not the same. "1/2 bd" is half a tablet, but "0.5 bd"
 * may be half a milligram.
 */
const isBarePieces = (written: readonly Token[], most: number, unit: DoseUnit) =>
  most <= 2 && countedUnits.has(unit) && !written.some((t) => t.text.includes('.'))

function bareNumber(tokens: readonly Token[], at: number, unit: DoseUnit): Match | null {
  const range = rangeAt(tokens, at)
  if (!range || range.low <= 0 || range.hasComma) return null
  if (!isBarePieces(tokens.slice(at, range.end), range.high ?? range.low, unit)) return null
  const next = longest(readers, tokens, range.end)
  const isFollowed =
    next?.part.slot === 'frequency' || next?.part.slot === 'when' || next?.part.slot === 'route'
  if (!isFollowed && tokens[range.end]?.text !== 'od') return null
  return { end: range.end, part: { slot: 'dose', value: { low: range.low, high: range.high, unit } } }
}

function rangeAt(tokens: readonly Token[], at: number) {
  const first = numberAt(tokens, at)
  if (!first) return null
  const single = { low: first.value, high: null, end: first.end, hasComma: first.hasComma }
  if (tokens[first.end]?.text !== '-') return single
  if (!isDash(tokens, first.end)) return null
  const second = numberAt(tokens, first.end + 1)
  if (!second || second.isMixed || second.value <= first.value) return null
  return { low: first.value, high: second.value, end: second.end, hasComma: second.hasComma }
}

/** "od" means once a day only where nothing about it can be an eye. */
function isSwallowed(placed: readonly Placed[], context: SigContext): boolean {
  const isSolid = (unit: DoseUnit | null | undefined) => unit === 'tablet' || unit === 'capsule'
  const dose = placed.find((p) => p.part.slot === 'dose')?.part
  return (
    dose?.slot === 'dose' &&
    (isSolid(dose.value.unit) || (measuredUnits.has(dose.value.unit) && isSolid(context.unit))) &&
    placed.every((p) => p.part.slot !== 'route' || p.part.route === 'oral')
  )
}

function assemble(text: string, tokens: readonly Token[], placed: readonly Placed[]): SigReading {
  try {
    const sig = fill(text, placed)
    const problem = missing(sig)
    // Numbers no order has ("every 5000 days") are a slip of the keyboard.
    if (!Sig.safeParse(sig).success) return asText(text, 'contradiction', tokens, range(0, tokens.length))
    return problem ? { text, why: problem, unparsed: [] } : sig
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error
    const { from, to } = error.placed
    return asText(text, 'contradiction', tokens, range(from, to))
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_v, i) => from + i)

function missing(sig: Sig): SigProblem | null {
  // "apply twice a day" is a dose of its own: a layer.
  if (sig.dose === null && sig.method !== 'apply') return 'no-dose'
  if (sig.frequency === null && !sig.asNeeded) return 'no-frequency'
  return null
}

function fill(text: string, placed: readonly Placed[]): Sig {
  const filled = new Set<string>()
  const once = (p: Placed) => {
    if (filled.has(p.part.slot)) throw new Contradiction(p)
    filled.add(p.part.slot)
  }
  const sig: Sig = {
    text,
    method: null,
    dose: null,
    route: null,
    site: null,
    frequency: null,
    duration: null,
    asNeeded: false,
    reasons: [],
    max: null,
    quantity: null,
    refills: null,
    additional: [],
  }
  for (const p of placed) fillPart(sig, p, once, filled)
  sig.frequency = frequencyFrom(placed)
  requireFitting(sig, placed)
  return sig
}

function fillPart(sig: Sig, p: Placed, once: (p: Placed) => void, filled: ReadonlySet<string>): void {
  const { part } = p
  switch (part.slot) {
    case 'dose':
      once(p)
      sig.dose = part.value
      return
    case 'duration':
      once(p)
      sig.duration = part.value
      return
    case 'max':
      once(p)
      sig.max = part.value
      return
    case 'quantity':
      once(p)
      sig.quantity = part.value
      return
    case 'refills':
      once(p)
      sig.refills = part.value
      return
    case 'method':
      // "Take 1 daily. Take with food." says nothing twice.
      if (part.verb === 'take' && filled.has('method')) return
      once(p)
      sig.method = methodOf[part.verb] ?? null
      return
    case 'route':
      fillRoute(sig, p, part)
      return
    case 'asNeeded':
      if (sig.asNeeded) throw new Contradiction(p)
      sig.asNeeded = true
      return
    case 'reason':
      once(p)
      sig.asNeeded ||= part.asNeeded ?? false
      sig.reasons = part.reasons
      return
    case 'advice':
      if (!sig.additional.includes(part.key)) sig.additional.push(part.key)
      return
    case 'frequency':
    case 'when':
  }
}

function fillRoute(sig: Sig, p: Placed, part: Extract<Part, { slot: 'route' }>): void {
  const isSame = sig.route === null || sig.route === part.route
  const isSameSite = sig.site === null || !part.site || sig.site === part.site
  if (!isSame || !isSameSite) throw new Contradiction(p)
  sig.route = part.route
  sig.site = part.site ?? sig.site
}

/** Counted times and named times must be as many: "twice a day at bedtime" is not understood. */
function frequencyFrom(placed: readonly Placed[]): Frequency | null {
  const counted = placed.filter((p) => p.part.slot === 'frequency')
  const named = placed.filter((p) => p.part.slot === 'when')
  const [first, second] = counted
  if (second) throw new Contradiction(second)
  if (!first && named.length === 0) return null
  const frequency: Frequency = { ...noFrequency, whens: [], clock: [], weekdays: [] }
  if (first?.part.slot === 'frequency') Object.assign(frequency, first.part.value)
  for (const p of named) addNamed(frequency, p)
  const last = named.at(-1)
  if (last) settle(frequency, first, last)
  return frequency
}

function addNamed(frequency: Frequency, p: Placed): void {
  if (p.part.slot !== 'when') return
  const { whens, clock, weekdays } = p.part
  const isTwice =
    (whens && frequency.whens.length > 0) ||
    (clock && frequency.clock.length > 0) ||
    (weekdays && frequency.weekdays.length > 0) ||
    ((whens || clock) && frequency.whens.length + frequency.clock.length > 0)
  if (isTwice) throw new Contradiction(p)
  if (whens) frequency.whens = whens
  if (clock) frequency.clock = clock
  if (weekdays) frequency.weekdays = weekdays
  const listed = [frequency.whens, frequency.clock, frequency.weekdays]
  if (listed.some((list) => new Set(list).size !== list.length)) throw new Contradiction(p)
}

function settle(frequency: Frequency, counted: Placed | undefined, last: Placed): void {
  const perDay = frequency.whens.length + frequency.clock.length
  const days = frequency.weekdays.length
  if (!counted) {
    // Several times on several days: said otherwise, please.
    if (days > 0 && perDay > 1) throw new Contradiction(last)
    frequency.times = days > 0 ? days : perDay
    frequency.periodUnit = days > 0 ? 'wk' : 'd'
    if (isOneTimeSaidTwice(frequency.whens, last)) throw new Contradiction(last)
    return
  }
  const { times, timesHigh, period, periodHigh, periodUnit } = frequency
  const isPlain = timesHigh === null && periodHigh === null
  const isDaily = isPlain && periodUnit === 'd' && period === 1
  const isRarer =
    isPlain && (periodUnit === 'wk' || periodUnit === 'mo' || (periodUnit === 'd' && period > 1))
  const fitsDays =
    days === 0 || (isPlain && periodUnit === 'wk' && times === days && (period === 1 || days === 1))
  const fitsDay = perDay === 0 || (isDaily && times === perDay) || (isRarer && perDay === 1)
  if (!fitsDays || !fitsDay) throw new Contradiction(last)
}
