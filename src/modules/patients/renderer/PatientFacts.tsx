// One line of facts about a person: age, sex, birth date, number; and the marks of somebody deceased or inactive.
import { Tag } from '#ui/Marks.tsx'
import { usePatientWords } from './words.ts'

export interface Person {
  readonly name: string
  readonly birthDate?: string | null | undefined
  readonly birthDateEstimated?: boolean | null | undefined
  readonly gender?: 'female' | 'male' | 'other' | 'unknown' | null | undefined
  readonly recordNumber?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly deceased?: boolean | null | undefined
  readonly deceasedAt?: string | null | undefined
  readonly active?: boolean | null | undefined
}

/** "40 years, female · born 14 Mar 1986 · No. 20418": each part isolated, so that scripts do not reorder each other. */
export function PatientFacts({ person, withPhone }: { person: Person; withPhone?: boolean }) {
  const words = usePatientWords()
  const birth = words.birthDate(person)
  const parts = [
    words.joined(
      [words.age(person), person.gender === 'unknown' ? null : words.sex(person.gender)],
      words.formats.locale.startsWith('ar') ? '، ' : ', ',
    ),
    birth ? words.t('line.born', { date: birth }) : null,
    person.recordNumber ? words.t('line.number', { number: person.recordNumber }) : null,
    withPhone ? person.phone : null,
  ].filter(Boolean)
  return (
    <span className="pt-facts">
      {parts.map((part, n) => (
        <span key={part}>
          {n > 0 ? <span aria-hidden="true"> · </span> : null}
          <bdi>{part}</bdi>
        </span>
      ))}
    </span>
  )
}

export function PatientState({ person }: { person: Person }) {
  const { t } = usePatientWords()
  if (person.deceased) return <Tag>{t('line.deceased')}</Tag>
  if (person.active === false) return <Tag>{t('line.inactive')}</Tag>
  return null
}
