// Who a note is about, small: the guard against the wrong patient inside dialogs.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { Avatar } from '#ui/Marks.tsx'
import type { Banner } from '#modules/chart/shared/contract.ts'
import { notesTexts } from './i18n.ts'

/** What the notes screens need to know of the patient in front. */
export type NotePatient = Pick<
  Banner,
  'patientId' | 'name' | 'birthDate' | 'birthDateEstimated' | 'gender' | 'recordNumber'
>

export function PatientLine({ patient, label }: { patient: NotePatient; label: string }) {
  const t = useTexts(notesTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const { birthDate } = patient
  const age = birthDate ? f.age(birthDate) : null
  const facts = [
    ...(age ? [patient.birthDateEstimated ? common('age.about', { age }) : age] : []),
    common(`gender.${patient.gender}`),
    birthDate ? t('sign.born', { date: f.date(birthDate) }) : t('sign.bornUnknown'),
    t('sign.number', { number: patient.recordNumber }),
  ]
  return (
    <div className="note-who" role="group" aria-label={label}>
      <Avatar name={patient.name} size={40} />
      <div>
        <div className="note-who-name">
          <bdi>{patient.name}</bdi>
        </div>
        <div className="os-dim">{facts.join(' · ')}</div>
      </div>
    </div>
  )
}
