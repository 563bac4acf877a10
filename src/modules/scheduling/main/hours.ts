// Opening hours and time off as rows: reading them, replacing a week of hours.
import { createHash } from 'node:crypto'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import type { RuleOf } from '../shared/hours.ts'
import type { Absence, Hours } from '../shared/setup-shapes.ts'
import { overlaps } from '../shared/spans.ts'
import { absencesBetween, allRules } from './setup-queries.ts'
import { resourceById } from './resources.ts'
import { type absence, openingRule } from './tables.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type StoredRule = RuleOf & { readonly id: string }

export const endOfTime = '9999-12-31'

export function rulesOf(read: Reader): StoredRule[] {
  return read.all(allRules, {}).map((r) => ({
    id: r.id,
    resourceId: r.resource_id,
    weekday: r.weekday,
    from: r.from_minutes,
    until: r.until_minutes,
    kind: r.kind as RuleOf['kind'],
    validFrom: r.valid_from,
    validUntil: r.valid_until,
  }))
}

export function allHours(read: Reader): Hours[] {
  const byResource = new Map<string | null, StoredRule[]>()
  for (const rule of rulesOf(read)) {
    byResource.set(rule.resourceId, [...(byResource.get(rule.resourceId) ?? []), rule])
  }
  return [...byResource].map(([resourceId, rules]) => ({
    resourceId: resourceId as Hours['resourceId'],
    rules: rules.map(({ id: _id, resourceId: _of, ...rule }) => rule),
    version: versionOf(rules),
  }))
}

/** Lines are never changed, only replaced: their ids tell one week of hours from another. */
const versionOf = (rules: readonly StoredRule[]): string =>
  rules.length === 0
    ? ''
    : createHash('sha256')
        .update(rules.map((rule) => rule.id).join())
        .digest('hex')
        .slice(0, 32)

export function saveHours(ctx: CommandContext, input: In<'saveHours'>): Hours {
  if (input.resourceId !== null) resourceById(ctx.read, input.resourceId)
  const before = rulesOf(ctx.read).filter((rule) => rule.resourceId === input.resourceId)
  if (versionOf(before) !== input.version) throw new AppError('CONFLICT')
  refuseUnsound(input.rules)
  for (const rule of before) ctx.write.void(openingRule, rule.id, 'any', 'hours replaced')
  for (const rule of input.rules) {
    ctx.write.insert(openingRule, {
      resource_id: input.resourceId,
      weekday: rule.weekday,
      from_minutes: rule.from,
      until_minutes: rule.until,
      kind: rule.kind,
      valid_from: rule.validFrom,
      valid_until: rule.validUntil,
    })
  }
  return (
    allHours(ctx.read).find((hours) => hours.resourceId === input.resourceId) ?? {
      resourceId: input.resourceId,
      rules: [],
      version: '',
    }
  )
}

/** A line ends after it begins, and two lines of one kind do not hold at the same time. */
function refuseUnsound(rules: In<'saveHours'>['rules']): void {
  const wrong = rules.flatMap((rule, n) => {
    const isEmpty = rule.until <= rule.from
    const isReversed = rule.validFrom !== null && rule.validUntil !== null && rule.validUntil < rule.validFrom
    const meets = rules.some(
      (other, m) =>
        m < n &&
        other.kind === rule.kind &&
        other.weekday === rule.weekday &&
        overlaps(rule, other) &&
        (other.validFrom ?? '') <= (rule.validUntil ?? endOfTime) &&
        (rule.validFrom ?? '') <= (other.validUntil ?? endOfTime),
    )
    return isEmpty || isReversed || meets ? [`rules.${n}`] : []
  })
  if (wrong.length > 0) throw new AppError('INVALID_INPUT', { fields: wrong })
}

export const absencesFrom = (read: Reader, date: string): Absence[] => absencesIn(read, date, endOfTime)

export function absencesIn(read: Reader, from: string, to: string): Absence[] {
  return read.all(absencesBetween, { from, to }).map(rowToAbsence)
}

export function rowToAbsence(
  r: Pick<
    RowOf<typeof absence>,
    | 'id'
    | 'rev'
    | 'resource_id'
    | 'kind'
    | 'title'
    | 'from_date'
    | 'from_minutes'
    | 'until_date'
    | 'until_minutes'
  >,
): Absence {
  return {
    id: r.id,
    rev: r.rev,
    resourceId: r.resource_id as Absence['resourceId'],
    kind: r.kind as Absence['kind'],
    title: r.title,
    fromDate: r.from_date,
    from: r.from_minutes,
    untilDate: r.until_date,
    until: r.until_minutes,
  }
}
