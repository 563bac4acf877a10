// Whether a patient agreed to be written to. Nobody is written to who was not asked.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Consent, reminders as contract } from '../shared/contract.ts'
import { consentIdOf } from './keys.ts'
import * as q from './queries.ts'
import { communicationConsent } from './tables.ts'

type Input<K extends keyof (typeof contract)['procedures']> = InputOf<(typeof contract)['procedures'][K]>

export function consentOf(read: Reader, patientId: string): Consent {
  const row = read.get(q.consentRow, { id: consentIdOf(patientId, 'email') })
  return {
    channel: 'email',
    status: (row?.status ?? 'unknown') as Consent['status'],
    rev: row?.rev ?? 0,
    recordedAt: row?.recorded_at ?? null,
    recordedByName: row?.recorded_by_name ?? null,
    address: read.get(q.mailAddressOf, { id: patientId })?.value ?? null,
  }
}

export function consent({ read }: QueryContext, { patientId }: Input<'consent'>): Consent {
  if (!read.get(q.addressee, { id: patientId })) throw new AppError('NOT_FOUND')
  return consentOf(read, patientId)
}

export function setConsent(ctx: CommandContext, input: Input<'setConsent'>): Consent {
  const { patientId, channel, status, rev } = input
  if (!ctx.read.get(q.addressee, { id: patientId })) throw new AppError('NOT_FOUND')
  const id = consentIdOf(patientId, channel)
  const values = { status, recorded_at: ctx.now, recorded_by: ctx.actor.userId }
  const row = ctx.read.get(q.consentRow, { id })
  if (row) ctx.write.update(communicationConsent, id, rev, values)
  else if (rev !== 0) throw new AppError('CONFLICT', { rev: 0 })
  else ctx.write.insert(communicationConsent, { id, patient_id: patientId, channel, ...values })
  return consentOf(ctx.read, patientId)
}
