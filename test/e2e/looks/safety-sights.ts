// What the pictures of guarded access show: a record that is marked and was opened in an emergency (so that the privacy
// officer has a notice and a review), requests of patients of each kind, what was given to others, a breach.
import { demoPassword } from '#shared/demo.ts'
import type { WebCaller } from '../support/web-caller.ts'
import { officer } from './day-sights.ts'

export interface SafetySights {
  /** Marked as sensitive by one doctor, opened in an emergency by the other. */
  readonly markedId: string
  readonly request: { readonly patientId: string; readonly id: string }
  /** One patient with a request of each kind in work. */
  readonly cases: Cases
}

export interface Cases {
  readonly patientId: string
  /** A note the patient wants amended. */
  readonly noteId: string
  readonly refusedId: string
  readonly amendmentId: string
  readonly restrictionId: string
  readonly erasureId: string
}

const colleague = 'kofi.osei'

export async function chooseSafetySights(
  caller: WebCaller,
  doctor: string,
  /** Who asks for a copy. */
  askingId: string,
  /** Whose record is asked about in every other way, and a note in it. */
  about: { readonly patientId: string; readonly noteId: string },
): Promise<SafetySights> {
  const become = async (username: string) => {
    await caller.call('session.signOut')
    await caller.call('session.signIn', { username, password: demoPassword })
  }
  await become(colleague)
  const marked = await caller.call<{ id: string }>('patients.register', {
    name: 'Ruth Amsel',
    gender: 'female',
  })
  await caller.call('access.setMark', {
    patientId: marked.id,
    table: 'patient',
    targetId: marked.id,
    flag: 'staff-as-patient',
    readers: [],
  })
  await become(doctor)
  await caller.call('session.switchRole', { role: 'doctor' })
  await caller.call('access.breakGlass', {
    patientId: marked.id,
    code: 'unconscious',
    reason: 'Found unconscious in the waiting room, allergies unknown.',
  })
  await become(officer)
  const receive = async (patientId: string, kind: string, words: string) => {
    const { id, rev } = await caller.call<{ id: string; rev: number }>('privacy.receive', {
      patientId,
      kind,
      askedBy: 'The patient herself',
      identityCheck: 'Passport seen at the desk',
      words,
      receivedOn: new Date().toISOString().slice(0, 10),
    })
    return { id, rev }
  }
  const request = await receive(askingId, 'copy', 'Everything since 2024, on paper.')
  const { patientId } = about
  const refused = await receive(patientId, 'disclosures', 'Who got my data in the last ten years?')
  await caller.call('privacy.decide', {
    patientId,
    ...refused,
    decision: 'partly',
    reason: 'The list goes back six years; before that nothing was recorded.',
  })
  const amendment = await receive(patientId, 'amendment', 'The note says that I smoke. I never did.')
  const asked = await caller.call<{ id: string; rev: number }>('privacy.askAmendment', {
    patientId,
    requestId: amendment.id,
    targetTable: 'composition',
    targetId: about.noteId,
    words: 'I have never smoked. My brother does, and he came with me that day.',
  })
  const restriction = await receive(patientId, 'restriction', 'Please do not use my record for statistics.')
  await caller.call('privacy.restrict', {
    patientId,
    requestId: restriction.id,
    scope: 'record',
    reason: 'Asked for in writing while the correction is open',
  })
  const erasure = await receive(patientId, 'erasure', 'I move abroad. Delete what you may.')
  await giveToOthers(caller, patientId)
  await findBreach(caller)
  await become(doctor)
  await caller.call('session.switchRole', { role: 'doctor' })
  const answered = await caller.call<{ rev: number }>('privacy.answerAmendment', {
    patientId,
    id: asked.id,
    rev: asked.rev,
    answer: 'refused',
    reason: 'The note quotes what was said that day; the profile says “never smoked”.',
  })
  await become(officer)
  await caller.call('privacy.disagree', {
    patientId,
    id: asked.id,
    rev: answered.rev,
    words: 'It was not me who said so.',
  })
  return {
    markedId: marked.id,
    request: { patientId: askingId, id: request.id },
    cases: {
      patientId,
      noteId: about.noteId,
      refusedId: refused.id,
      amendmentId: amendment.id,
      restrictionId: restriction.id,
      erasureId: erasure.id,
    },
  }
}

async function giveToOthers(caller: WebCaller, patientId: string): Promise<void> {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const given = {
    occurredAt: daysAgo(40),
    recipient: 'Health Office North',
    recipientKind: 'authority',
    address: 'Harbour Road 4',
    what: 'Report of a measles infection with name and address',
    basis: 'public-health',
    purpose: 'Notifiable disease',
  }
  await caller.call('audit.recordDisclosure', { patientId, ...given })
  await caller.call('audit.recordDisclosure', {
    patientId,
    ...given,
    occurredAt: daysAgo(9),
    recipient: 'District Court',
    recipientKind: 'court',
    what: 'Copy of the record from 2023 to 2025',
    basis: 'court',
    purpose: 'Order 12 C 88/26',
  })
  await caller.call('audit.suspend', {
    patientId,
    authority: 'District Court',
    reason: 'An inquiry is under way',
    until: new Date(Date.now() + 20 * 86_400_000).toISOString(),
  })
}

/** A tablet was lost this morning. */
async function findBreach(caller: WebCaller): Promise<void> {
  const now = Date.now()
  await caller.call('privacy.openBreach', {
    question: {
      kind: 'lost-device',
      from: new Date(now - 86_400_000).toISOString(),
      until: new Date(now).toISOString(),
      userId: null,
      door: 'https',
    },
    discoveredAt: new Date(now).toISOString(),
  })
}
