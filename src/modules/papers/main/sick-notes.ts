// Sick notes: issued under the doctor's own key, never changed, taken back with a reason.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { nextSerial } from '#core/store/number-series.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import { daysBetween } from '#shared/zoned-time.ts'
import { longestSickNote, type papers, type SickNote } from '../shared/contract.ts'
import type { SickNotePaper } from '../shared/paper-data.ts'
import { copiesOf } from './copies.ts'
import { paperPatientOf } from './paper-patient.ts'
import * as q from './queries.ts'
import { isSealIntact, sealSickNote, type SignedSickNote } from './sick-note-seal.ts'
import { sickNote, sickNoteRevocation } from './tables.ts'

type Procedures = (typeof papers)['procedures']
type Row = RowOf<typeof sickNote>

/** How far back a note may begin, in days: further back nobody has seen the patient be ill. */
const longestBack = 90

export function sickNotes(
  ctx: QueryContext,
  { patientId }: InputOf<Procedures['sickNotes']>,
): OutputOf<Procedures['sickNotes']> {
  return {
    notes: ctx.read.all(q.sickNotesOf, { patientId }).map((row) => rowToNote(ctx.read, row)),
    today: localDateIn(clinicOf(ctx.read).timeZone, ctx.nowMs),
  }
}

export function issueSickNote(ctx: CommandContext, input: InputOf<Procedures['issueSickNote']>): SickNote {
  const { patientId } = input
  const key = ctx.session?.signingKey
  if (!key) throw new AppError('SIGNING_KEY_LOCKED')
  const today = localDateIn(clinicOf(ctx.read).timeZone, ctx.nowMs)
  refuseImpossible(input, today)
  refuseDouble(ctx.read, input)
  paperPatientOf(ctx.read, patientId)
  const fields: SignedSickNote = {
    id: ctx.mint(),
    patient_id: patientId,
    number: nextSerial(ctx, 'sick-note', Number(today.slice(0, 4)), 'S-').number,
    issued_on: today,
    from_date: input.from,
    until_date: input.until,
    is_follow_up: input.isFollowUp ? 1 : 0,
    diagnosis: input.diagnosis,
    remarks: input.remarks,
    author_id: ctx.actor.userId,
    author_name: ctx.actor.userName,
    author_role: ctx.actor.role,
    signed_at: ctx.now,
    clock_quality: ctx.clockQuality,
    signing_key_id: key.keyId,
  }
  const { digest, signature, publicKey } = sealSickNote(fields, key.privateKey)
  const row = ctx.read.get(q.signingKeyById, { id: key.keyId })
  // A key that is not the one of its public row would make a paper nobody can trust.
  if (row?.user_id !== ctx.actor.userId || !publicKey.equals(row.public_key))
    throw new Error('the signing key does not match its public row')
  ctx.write.insert(sickNote, { ...fields, digest, signature })
  return rowToNote(ctx.read, noteRow(ctx.read, patientId, fields.id))
}

function refuseImpossible({ from, until }: { from: string; until: string }, today: string): void {
  const impossible = (field: string) => new AppError('IMPOSSIBLE_VALUE', { field })
  if (daysBetween(from, today) > longestBack || daysBetween(today, from) > longestSickNote)
    throw impossible('from')
  if (until < from || daysBetween(from, until) + 1 > longestSickNote) throw impossible('until')
}

function refuseDouble(
  read: Reader,
  { patientId, from, until }: { patientId: string; from: string; until: string },
): void {
  const same = read
    .all(q.sickNotesOf, { patientId })
    .map((row) => rowToNote(read, row))
    .find((note) => note.from === from && note.until === until && note.revoked === null)
  if (same) throw new AppError('DUPLICATE', { number: same.number })
}

export function revokeSickNote(
  ctx: CommandContext,
  { patientId, id, reason }: InputOf<Procedures['revokeSickNote']>,
): SickNote {
  const note = rowToNote(ctx.read, noteRow(ctx.read, patientId, id))
  if (note.revoked) throw new AppError('WRONG_STATE', { state: 'revoked' })
  ctx.write.insert(sickNoteRevocation, {
    patient_id: patientId,
    note_id: id,
    reason,
    revoked_at: ctx.now,
    revoked_by: ctx.actor.userId,
    revoked_by_name: ctx.actor.userName,
  })
  return rowToNote(ctx.read, noteRow(ctx.read, patientId, id))
}

/** A note that was taken back, or whose signature does not hold, is not printed. */
export function sickNotePaper(read: Reader, patientId: string, id: string): SickNotePaper {
  const note = rowToNote(read, noteRow(read, patientId, id))
  if (note.revoked) throw new AppError('WRONG_STATE', { state: 'revoked' })
  if (note.signature === 'broken') throw new AppError('WRONG_STATE', { state: 'broken' })
  const { number, issuedOn, from, until, isFollowUp, diagnosis, remarks } = note
  return {
    kind: 'sick-note',
    number,
    issuedOn,
    from,
    until,
    isFollowUp,
    diagnosis,
    remarks,
    patient: paperPatientOf(read, patientId),
    prescriber: { name: note.authorName, qualification: null },
  }
}

function noteRow(read: Reader, patientId: string, id: string): Row {
  const row = read.get(q.sickNoteById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

function rowToNote(read: Reader, row: Row): SickNote {
  const key = read.get(q.signingKeyById, { id: row.signing_key_id })
  const publicKey = key && key.user_id === row.author_id ? key.public_key : null
  const revoked = read.all(q.revocationsOf, { patientId: row.patient_id }).find((r) => r.note_id === row.id)
  return {
    id: row.id,
    number: row.number,
    issuedOn: row.issued_on,
    from: row.from_date,
    until: row.until_date,
    isFollowUp: row.is_follow_up === 1,
    diagnosis: row.diagnosis,
    remarks: row.remarks,
    authorName: row.author_name,
    signedAt: row.signed_at,
    signature: isSealIntact(row, publicKey) ? 'valid' : 'broken',
    revoked: revoked
      ? { at: revoked.revoked_at, byName: revoked.revoked_by_name, reason: revoked.reason }
      : null,
    copies: copiesOf(read, 'sick-note', row.id),
  }
}
