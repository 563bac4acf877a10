// Phrases as patterns over tokens: "every {range} hours". A phrase says which part of the directions it fills.
import type { Token } from './tokenise.ts'
import type { DoseUnit, Frequency, PeriodUnit, Sig } from './types.ts'
import { periodWords, unitWords } from './vocabulary.ts'

/** A number as written: one value, or two with `high` above `low`. */
export interface Amount {
  readonly low: number
  readonly high: number | null
  readonly hasComma: boolean
}
export interface Values {
  readonly amounts: readonly Amount[]
  readonly units: readonly DoseUnit[]
  readonly periods: readonly PeriodUnit[]
  readonly courses: readonly { readonly value: number; readonly unit: 'd' | 'wk' | 'mo' }[]
}
const none: Values = { amounts: [], units: [], periods: [], courses: [] }

/** What a phrase adds. `advice`, `reason` and `when` may come several times, everything else once. */
export type Part =
  | { readonly slot: 'dose'; readonly value: NonNullable<Sig['dose']> }
  | {
      readonly slot: 'frequency'
      readonly value: Partial<Frequency>
      readonly needsDose?: true
      readonly isOd?: true
    }
  | {
      readonly slot: 'when'
      readonly whens?: Frequency['whens']
      readonly clock?: string[]
      readonly weekdays?: Frequency['weekdays']
      /** Each time was written in its own place ("1-0-1"), so none can explain another. */
      readonly isScheme?: true
    }
  | { readonly slot: 'route'; readonly route: NonNullable<Sig['route']>; readonly site?: Sig['site'] }
  | { readonly slot: 'duration'; readonly value: NonNullable<Sig['duration']> }
  | { readonly slot: 'max'; readonly value: NonNullable<Sig['max']> }
  | { readonly slot: 'quantity'; readonly value: NonNullable<Sig['quantity']> }
  | { readonly slot: 'refills'; readonly value: number }
  | { readonly slot: 'asNeeded' }
  | { readonly slot: 'reason'; readonly reasons: string[]; readonly asNeeded?: true }
  | { readonly slot: 'advice'; readonly key: string }
  | { readonly slot: 'method'; readonly verb: string }

export interface Match {
  readonly end: number
  readonly part: Part
}
/** The longest way to read a phrase at this token. */
export type PhraseReader = (tokens: readonly Token[], at: number) => Match | null

type Step = (
  tokens: readonly Token[],
  at: number,
) => readonly { readonly end: number; readonly add?: Partial<Values> }[]

/** Words, `a|b` for either, `word?` where it may be missing, and the slots {n} {range} {amount} {unit} {period} {course} {joint}. */
export function phrase(pattern: string, make: (values: Values) => Part | null): PhraseReader {
  const steps = pattern.split(' ').map(stepOf)
  return (tokens, at) => {
    let best: Match | null = null
    const go = (step: number, position: number, values: Values): void => {
      const next = steps[step]
      if (!next) {
        if (best !== null && position <= best.end) return
        const part = make(values)
        if (part) best = { end: position, part }
        return
      }
      for (const { end, add } of next(tokens, position)) go(step + 1, end, merge(values, add))
    }
    go(0, at, none)
    return best
  }
}

function merge(values: Values, add: Partial<Values> | undefined): Values {
  if (!add) return values
  return {
    amounts: [...values.amounts, ...(add.amounts ?? [])],
    units: [...values.units, ...(add.units ?? [])],
    periods: [...values.periods, ...(add.periods ?? [])],
    courses: [...values.courses, ...(add.courses ?? [])],
  }
}

function stepOf(source: string): Step {
  const optional = source.endsWith('?')
  const body = optional ? source.slice(0, -1) : source
  const inner = slots[body] ?? literal(body)
  if (!optional) return inner
  return (tokens, at) => [...inner(tokens, at), { end: at }]
}

function literal(body: string): Step {
  const options = new Set(body.split('|'))
  return (tokens, at) => {
    const token = tokens[at]
    return token && token.kind !== 'separator' && options.has(token.text) ? [{ end: at + 1 }] : []
  }
}

const slots: Readonly<Record<string, Step>> = {
  '{n}': (tokens, at) => amountsAt(tokens, at).filter((a) => a.add.amounts[0]?.high === null && isWhole(a)),
  '{range}': (tokens, at) => amountsAt(tokens, at).filter(isWhole),
  '{amount}': (tokens, at) => amountsAt(tokens, at),
  '{unit}': (tokens, at) => {
    const unit = unitWords[tokens[at]?.text ?? '']
    return unit && tokens[at]?.kind === 'word' ? [{ end: at + 1, add: { units: [unit] } }] : []
  },
  '{period}': (tokens, at) => {
    const period = periodWords[tokens[at]?.text ?? '']
    return period && tokens[at]?.kind === 'word' ? [{ end: at + 1, add: { periods: [period] } }] : []
  },
  '{course}': (tokens, at) => {
    const token = tokens[at]
    if (token?.kind !== 'course') return []
    return [{ end: at + 1, add: { courses: [{ value: token.value ?? 0, unit: token.courseUnit ?? 'd' }] } }]
  },
  /** A hyphen without blanks: "6-hourly", not what is left of "4- 6 hourly". */
  '{joint}': (tokens, at) => {
    const token = tokens[at]
    const isJoint =
      token?.text === '-' && tokens[at - 1]?.end === token.start && tokens[at + 1]?.start === token.end
    return isJoint ? [{ end: at + 1 }] : []
  },
  ':': (tokens, at) => (tokens[at]?.text === ':' ? [{ end: at + 1 }] : []),
}

type AmountAt = { readonly end: number; readonly add: { readonly amounts: readonly Amount[] } }

function isWhole({ add }: AmountAt): boolean {
  const amount = add.amounts[0]
  return amount !== undefined && Number.isInteger(amount.low) && Number.isInteger(amount.high ?? 1)
}

/** One number, or a range: "1-2", "1 to 2", "1 or 2". A range must rise, or it is no range. */
function amountsAt(tokens: readonly Token[], at: number): readonly AmountAt[] {
  const first = numberAt(tokens, at)
  if (!first) return []
  const single = { low: first.value, high: null, hasComma: first.hasComma }
  const found: AmountAt[] = [{ end: first.end, add: { amounts: [single] } }]
  const link = tokens[first.end]
  if (link && (isDash(tokens, first.end) || link.text === 'to' || link.text === 'or')) {
    const second = numberAt(tokens, first.end + 1)
    // "1-2 1/2 tabs": two and a half, or one to two halves?
    // "5 or 10 mg" leaves out what lies between; "1 or 2" has nothing there.
    const isClose = second?.value === first.value + 1 && Number.isInteger(first.value)
    if (second && second.value > first.value && !second.isMixed && (link.text !== 'or' || isClose)) {
      const range = { low: first.value, high: second.value, hasComma: first.hasComma || second.hasComma }
      found.unshift({ end: second.end, add: { amounts: [range] } })
    }
  }
  return found
}

/** Between two numbers, with blanks on both sides or on none: "0.5 -1" is no range. */
export function isDash(tokens: readonly Token[], at: number): boolean {
  const [before, dash, after] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  if (dash?.text !== '-' || !before || !after) return false
  return (before.end === dash.start) === (dash.end === after.start)
}

interface NumberAt {
  readonly value: number
  readonly end: number
  readonly hasComma: boolean
  /** A whole number and a fraction in two words. */
  readonly isMixed?: boolean
}

/** Above this a number and a fraction in two words are a strength and a part of a tablet. */
const largestMixed = 4

/** "2", "1 1/2", "one and a half", "half", "half a", "one (1)". */
export function numberAt(tokens: readonly Token[], at: number): NumberAt | null {
  const token = tokens[at]
  if (token?.kind === 'word' && token.text === 'half') {
    const article = tokens[at + 1]?.text
    return { value: 0.5, end: article === 'a' || article === 'of' ? at + 2 : at + 1, hasComma: false }
  }
  if (token?.kind !== 'number' || token.value === undefined) return null
  const hasComma = token.hasComma ?? false
  if (!token.isFraction && Number.isInteger(token.value)) {
    const next = tokens[at + 1]
    // "25 1/2 tab" is half a tablet of 25 mg.
    if (next?.kind === 'number' && next.isFraction && token.value <= largestMixed) {
      return { value: token.value + (next.value ?? 0), end: at + 2, hasComma, isMixed: true }
    }
    if (words(tokens, at + 1) === 'and a half') return { value: token.value + 0.5, end: at + 4, hasComma }
    const repeated = tokens[at + 2]
    if (next?.text === '(' && repeated?.value === token.value && tokens[at + 3]?.text === ')') {
      return { value: token.value, end: at + 4, hasComma }
    }
  }
  return { value: token.value, end: at + 1, hasComma }
}

const words = (tokens: readonly Token[], at: number) =>
  tokens
    .slice(at, at + 3)
    .map((t) => t.text)
    .join(' ')

/** The longest reading of all phrases at a token; of equals the first. */
export function longest(
  readers: readonly PhraseReader[],
  tokens: readonly Token[],
  at: number,
): Match | null {
  let best: Match | null = null
  for (const read of readers) {
    const match = read(tokens, at)
    if (match && (best === null || match.end > best.end)) best = match
  }
  return best
}
