// Shows what is being edited in the profile of the open chart, and makes its keys work. Mounted once in the chart.
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import type { EncounterId, PatientId } from '#shared/ids.ts'
import { AddAllergy } from './AddAllergy.tsx'
import { AddProblem } from './AddProblem.tsx'
import { AllergyDialog } from './AllergyDialog.tsx'
import { editProfile, stopEditing, useEditing } from './editing.ts'
import { profileTexts } from './i18n.ts'
import { ProblemDialog } from './ProblemDialog.tsx'
import './profile.css'

export interface ProfileEditingProps {
  readonly patientId: PatientId
  /** The visit under way, where there is one: a diagnosis made now belongs to it. */
  readonly encounterId: EncounterId | null
}

export function ProfileEditing({ patientId, encounterId }: ProfileEditingProps) {
  const disabled = !useMay()('profile.C')
  const addProblem = () => editProfile({ kind: 'add-problem', patientId })
  const addAllergy = () => editProfile({ kind: 'add-allergy', patientId })
  const problem = profileTexts.key('problem.add')
  const allergy = profileTexts.key('allergy.add')
  useShortcuts([
    { keys: 'd', labelKey: problem, run: addProblem, disabled },
    { keys: 'a', labelKey: allergy, run: addAllergy, disabled },
    // The same while a note is being written.
    { keys: 'Mod+D', labelKey: problem, run: addProblem, disabled },
    { keys: 'Mod+Shift+A', labelKey: allergy, run: addAllergy, disabled },
  ])
  const editing = useEditing(patientId)
  switch (editing?.kind) {
    case 'add-problem':
      return <AddProblem patientId={patientId} encounterId={encounterId} onClose={stopEditing} />
    case 'problem':
      return <ProblemDialog key={editing.id} patientId={patientId} id={editing.id} onClose={stopEditing} />
    case 'add-allergy':
      return <AddAllergy patientId={patientId} onClose={stopEditing} />
    case 'allergy':
      return <AllergyDialog key={editing.id} patientId={patientId} id={editing.id} onClose={stopEditing} />
    case undefined:
      return null
  }
}
