// Disclosures: written by people and by acts, told to the patient for six years, held back while an order says so.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { patientNameOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { audit } from '../shared/contract.ts'
import {
  accountingYears,
  type Disclosure,
  type DisclosureBasis,
  recipientKinds,
  routineBases,
  type Suspension,
} from '../shared/disclosure.ts'
import { disclosure, disclosureSuspension } from './tables.ts'

type Procedures = (typeof audit)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

export const disclosuresOf = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('disclosure')
    .selectAll()
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const suspensionsOf = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('disclosure_suspension')
    .selectAll()
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)

export interface NewDisclosure {
  readonly patientId: string
  readonly recipient: string
  readonly recipientKind: (typeof recipientKinds)[number]
  readonly address?: string | null
  /** What left: kinds of data, a number of pages; no content. */
  readonly what: string
  readonly basis: DisclosureBasis
  readonly purpose: string
  /** Instant; now unless given. */
  readonly occurredAt?: string
  /** The act that let it out, as its audit action. */
  readonly act: string
}

/** Inside the act, so that neither is without the other. Returns the row's id. */
export function recordDisclosure(ctx: CommandContext, from: NewDisclosure): string {
  return insert(ctx, { ...from, occurredAt: from.occurredAt ?? ctx.now, origin: 'act' })
}

export const enterDisclosure = (ctx: CommandContext, input: In<'recordDisclosure'>): { id: string } => ({
  id: insert(ctx, { ...input, act: null, origin: 'entered' }),
})

function insert(
  ctx: CommandContext,
  from: Omit<NewDisclosure, 'act' | 'occurredAt'> & {
    occurredAt: string
    act: string | null
    origin: 'act' | 'entered'
  },
): string {
  if (patientNameOf(ctx.read, from.patientId) === undefined) throw new AppError('NOT_FOUND')
  if (from.occurredAt > ctx.now) throw new AppError('INVALID_INPUT', { fields: ['occurredAt: future'] })
  return ctx.write.insert(
    disclosure,
    {
      patient_id: from.patientId,
      occurred_at: from.occurredAt,
      recipient: from.recipient,
      recipient_kind: from.recipientKind,
      address: from.address ?? null,
      what: from.what,
      basis: from.basis,
      purpose: from.purpose,
      origin: from.origin,
      act: from.act,
      // Jobs act for nobody.
      recorded_by: (ctx.actor as CommandContext['actor'] | null)?.userId ?? null,
      recorded_by_name: (ctx.actor as CommandContext['actor'] | null)?.userName ?? 'Osler',
    },
    Date.parse(from.occurredAt),
  )
}

export function voidDisclosure(ctx: CommandContext, input: In<'voidDisclosure'>): Out<'voidDisclosure'> {
  const row = ctx.read.all(disclosuresOf, { patient: input.patientId }).find((d) => d.id === input.id)
  if (!row) throw new AppError('WRONG_PATIENT')
  if (row.origin === 'act') throw new AppError('WRONG_STATE', { state: 'act' })
  ctx.write.void(disclosure, row.id, input.rev, input.reason)
  return { id: row.id as Disclosure['id'] }
}

export function suspend(ctx: CommandContext, input: In<'suspend'>): Out<'suspend'> {
  if (patientNameOf(ctx.read, input.patientId) === undefined) throw new AppError('NOT_FOUND')
  if (input.until <= ctx.now) throw new AppError('INVALID_INPUT', { fields: ['until: past'] })
  const id = ctx.write.insert(disclosureSuspension, {
    patient_id: input.patientId,
    authority: input.authority,
    reason: input.reason,
    since: ctx.now,
    until: input.until,
    ordered_by: ctx.actor.userId,
  })
  return { id: id as Suspension['id'] }
}

export function endSuspension(ctx: CommandContext, input: In<'endSuspension'>): Out<'endSuspension'> {
  const row = ctx.read.all(suspensionsOf, { patient: input.patientId }).find((s) => s.id === input.id)
  if (!row) throw new AppError('WRONG_PATIENT')
  ctx.write.update(disclosureSuspension, row.id, input.rev, { until: ctx.now })
  return { id: row.id as Suspension['id'] }
}

const plain = (name: string) => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

export function disclosures(ctx: QueryContext, { patientId }: In<'disclosures'>): Out<'disclosures'> {
  const patientName = patientNameOf(ctx.read, patientId)
  if (patientName === undefined) throw new AppError('NOT_FOUND')
  const suspensions = ctx.read.all(suspensionsOf, { patient: patientId })
  const silent = new Set(suspensions.filter((s) => s.until > ctx.now).map((s) => plain(s.authority)))
  return {
    patientName,
    disclosures: ctx.read.all(disclosuresOf, { patient: patientId }).map((row) => ({
      id: row.id as Disclosure['id'],
      rev: row.rev,
      occurredAt: row.occurred_at,
      recipient: row.recipient,
      recipientKind: row.recipient_kind as Disclosure['recipientKind'],
      address: row.address,
      what: row.what,
      basis: row.basis as DisclosureBasis,
      purpose: row.purpose,
      origin: row.origin as Disclosure['origin'],
      recordedByName: row.recorded_by_name,
      suspended: silent.has(plain(row.recipient)),
    })),
    suspensions: suspensions.map((row) => ({
      id: row.id as Suspension['id'],
      rev: row.rev,
      authority: row.authority,
      reason: row.reason,
      since: row.since,
      until: row.until,
      isOver: row.until <= ctx.now,
    })),
  }
}

/** What the patient is told: six years, without what an order keeps back, routine ones only where asked for. */
export function accountingOf(
  ctx: QueryContext,
  patientId: string,
  withRoutine: boolean,
): { readonly patientName: string; readonly lines: readonly Disclosure[] } {
  const { patientName, disclosures: all } = disclosures(ctx, {
    patientId: patientId as In<'disclosures'>['patientId'],
  })
  const since = new Date(ctx.nowMs)
  since.setUTCFullYear(since.getUTCFullYear() - accountingYears)
  const from = since.toISOString()
  const lines = all.filter(
    (d) => d.occurredAt >= from && !d.suspended && (withRoutine || !routineBases.includes(d.basis)),
  )
  return { patientName, lines }
}

/** Everybody outside who received data in these years and may be named to the patient, once each, the latest first. */
export function recipientsOf(ctx: QueryContext, patientId: string): readonly Disclosure[] {
  const seen = new Set<string>()
  return accountingOf(ctx, patientId, true).lines.filter(({ recipient }) => {
    const name = plain(recipient)
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

export type { Reader }
