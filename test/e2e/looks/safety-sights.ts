// What the pictures of guarded access show: a record that is marked and was opened in an emergency (so that the privacy
// officer has a notice and a review), and a request of a patient that is due.
import { demoPassword } from '#shared/demo.ts'
import type { WebCaller } from '../support/web-caller.ts'
import { officer } from './day-sights.ts'

export interface SafetySights {
  /** Marked as sensitive by one doctor, opened in an emergency by the other. */
  readonly markedId: string
  readonly request: { readonly patientId: string; readonly id: string }
}

const colleague = 'kofi.osei'

export async function chooseSafetySights(
  caller: WebCaller,
  doctor: string,
  /** Who asks for a copy. */
  askingId: string,
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
  // A mark of the doctor's own in it, whose readers can be changed.
  const flag = await caller.call<{ id: string }>('patients.addFlag', {
    patientId: marked.id,
    kind: 'alert',
    text: 'Her brother works at the desk',
  })
  await caller.call('access.setMark', {
    patientId: marked.id,
    table: 'patient_flag',
    targetId: flag.id,
    flag: 'staff-as-patient',
    readers: [],
  })
  await become(officer)
  const request = await caller.call<{ id: string }>('privacy.receive', {
    patientId: askingId,
    kind: 'copy',
    askedBy: 'The patient herself',
    identityCheck: 'Passport seen at the desk',
    words: 'Everything since 2024, on paper.',
    receivedOn: new Date().toISOString().slice(0, 10),
  })
  return { markedId: marked.id, request: { patientId: askingId, id: request.id } }
}
