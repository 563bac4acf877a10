// The duplicate warning while typing (B3): who looks alike and why, with a way to look. It never stops anybody.
import { useWatch } from 'react-hook-form'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { type PatientLine, type PatientView, patients } from '../shared/contract.ts'
import { useDateOptions } from './date-options.ts'
import { PatientFacts, PatientState } from './PatientFacts.tsx'
import { type PatientFormValues, readBirth } from './patient-form.ts'
import { usePatientPath } from './patient-path.ts'
import { useDebounced } from './patient-search.ts'
import { usePatientWords } from './words.ts'

const pauseMs = 350
const shownAtOnce = 5

export interface SimilarPatientsProps {
  readonly except?: PatientView['id']
  /** Goes on with that record in place instead of leading to it. */
  readonly onPick?: (patient: PatientLine) => void
}

export function SimilarPatients({ except, onPick }: SimilarPatientsProps) {
  const { t, formats } = usePatientWords()
  const pathOf = usePatientPath()
  const options = useDateOptions()
  const [name, birthText, birthDateEstimated, birthShown, phone, identifiers] = useWatch<
    PatientFormValues,
    ['name', 'birthText', 'birthDateEstimated', 'birthShown', 'phone', 'identifiers']
  >({ name: ['name', 'birthText', 'birthDateEstimated', 'birthShown', 'phone', 'identifiers'] })
  const birth = readBirth({ birthText, birthDateEstimated, birthShown }, options)
  const asked = useDebounced(
    JSON.stringify({
      name: name.trim().slice(0, 300),
      birthDate: birth.ok ? birth.date : null,
      phone: phone.trim().slice(0, 300) || null,
      identifiers: identifiers
        .map((row) => row.value.trim())
        .filter((value) => value.length >= 3 && value.length <= 200)
        .slice(0, 20),
    }),
    pauseMs,
  )
  const input = JSON.parse(asked) as {
    name: string
    birthDate: string | null
    phone: string | null
    identifiers: string[]
  }
  const says = input.name.length >= 3 || (input.phone?.length ?? 0) >= 5 || input.identifiers.length > 0
  const read = useRead(
    patients,
    'findSimilar',
    { ...input, except: except ?? null },
    { enabled: says, keepPrevious: true },
  )
  const found = says ? (read.data ?? []).slice(0, shownAtOnce) : []
  return (
    <div aria-live="polite" role="status">
      {found.length > 0 ? (
        <section className="pt-similar" aria-label={t('similar.title')}>
          <h2 className="pt-similar-title">{t('similar.title')}</h2>
          <p className="os-sm">{t(onPick ? 'similar.pickText' : 'similar.text')}</p>
          <ul>
            {found.map((patient) => (
              <li key={patient.id}>
                {onPick ? (
                  <button
                    type="button"
                    className="pt-link pt-name"
                    aria-label={t('similar.pick', { name: patient.name })}
                    onClick={() => onPick(patient)}
                  >
                    <bdi>{patient.name}</bdi>
                  </button>
                ) : (
                  <Link
                    to={pathOf(patient.id)}
                    className="pt-name"
                    aria-label={t('similar.open', { name: patient.name })}
                  >
                    <bdi>{patient.name}</bdi>
                  </Link>
                )}{' '}
                <PatientState person={patient} />
                <div className="os-dim os-sm">
                  <PatientFacts person={patient} withPhone />
                </div>
                <div className="os-sm pt-because">
                  {t('similar.because', {
                    reasons: formats.list(patient.because.map((why) => t(`similar.${why}`))),
                  })}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
