// Signing: a draft becomes a row of the record under the author's own key, in one transaction.
import type { CommandContext } from '#core/rpc/context.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { chargeEncounter } from '#modules/billing/main/api.ts'
import { finishEncounter } from '#modules/chart/main/api.ts'
import { markDone } from '#modules/scheduling/main/api.ts'
import type { notes, SignedNote } from '../shared/contract.ts'
import { plainTextOf } from '../shared/document.ts'
import { requireBasis, requireOwnDraft } from './drafts.ts'
import { signingKeyById } from './queries.ts'
import { type SignedFields, sealNote } from './signature.ts'
import { noteFor, rowToNote } from './signed-notes.ts'
import { composition, noteDraft } from './tables.ts'

export interface SigningKey {
  /** Id of the row of `user_signing_key` that verifies it. */
  readonly keyId: string
  /** PKCS#8 DER. */
  readonly privateKey: Uint8Array
}

export function signDraft(
  ctx: CommandContext,
  input: InputOf<(typeof notes)['procedures']['sign']>,
): SignedNote {
  const draft = requireOwnDraft(ctx, input, 'WRONG_PATIENT')
  if (draft.step !== input.step) throw new AppError('DRAFT_MOVED_ON', { step: draft.step })
  const key = ctx.session?.signingKey
  if (!key) throw new AppError('SIGNING_KEY_LOCKED')
  if (plainTextOf(JSON.parse(draft.body)) === '')
    throw new AppError('INVALID_INPUT', { fields: ['body: empty'] })
  requireBasis(ctx, {
    patientId: draft.patient_id,
    kind: draft.kind,
    relatesTo: draft.relates_to,
    reason: draft.reason,
  })
  const id = fileSignedNote(ctx, key, {
    patient_id: draft.patient_id,
    encounter_id: draft.encounter_id,
    draft_id: draft.id,
    kind: draft.kind,
    relates_code: relationCodes[draft.kind] ?? null,
    relates_to: draft.relates_to,
    reason: draft.reason,
    title: draft.title,
    body: draft.body,
    author_id: ctx.actor.userId,
    author_name: ctx.actor.userName,
    author_role: ctx.actor.role,
    signed_at: ctx.now,
    clock_quality: ctx.clockQuality,
  })
  if (draft.kind === 'note' && draft.encounter_id !== null) {
    endVisit(ctx, draft.patient_id, draft.encounter_id)
  }
  ctx.write.deleteLocal(noteDraft, { id: draft.id })
  // Signed a moment ago under the very key of the row: readings from now on check it.
  return rowToNote(ctx.read, noteFor(ctx.read, draft.patient_id, id), 'valid')
}

/** What was signed is what was done: the visit ends, its appointment with it, and its charge is drafted. */
function endVisit(ctx: CommandContext, patientId: string, encounterId: string): void {
  finishEncounter(ctx, patientId, encounterId)
  markDone(ctx, patientId, encounterId)
  chargeEncounter(ctx, patientId, encounterId)
}

/** FHIR R4 Composition.relatesTo.code. */
const relationCodes: Readonly<Record<string, string>> = { addendum: 'appends', correction: 'replaces' }

/** Seals and inserts; the id is minted from the instant of signing. Also for the demo clinic, whose past was signed then. */
export function fileSignedNote(
  ctx: CommandContext,
  key: SigningKey,
  note: Omit<SignedFields, 'id' | 'signing_key_id'>,
): string {
  const at = Date.parse(note.signed_at)
  const fields: SignedFields = { ...note, id: ctx.mint(at), signing_key_id: key.keyId }
  const { digest, signature, publicKey } = sealNote(fields, key.privateKey)
  const row = ctx.read.get(signingKeyById, { id: key.keyId })
  // A key that is not the one of its public row would make a note nobody can trust: refuse it now, not in ten years.
  if (row?.user_id !== note.author_id || !publicKey.equals(row.public_key)) {
    throw new Error('the signing key does not match its public row')
  }
  ctx.write.insert(composition, { ...fields, status: 'final', digest, signature }, at)
  return fields.id
}
