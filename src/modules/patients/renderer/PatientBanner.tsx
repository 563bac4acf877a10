// Who this is about, on every screen of a patient and on every dialog that signs or prescribes: name, age, sex, birth
// date, number, allergies, flags, and whether the person is deceased or inactive. Looks: look/chart.png.
import { WarningSign } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod'
import type { AllergyLine } from '#modules/chart/shared/contract.ts'
import { Avatar, Tag } from '#ui/Marks.tsx'
import type { Flag, PatientView } from '../shared/contract.ts'
import { PatientFacts, type Person } from './PatientFacts.tsx'
import { usePatientWords } from './words.ts'
import './patients.css'

type Allergy = z.infer<typeof AllergyLine>
export type AllergyState = NonNullable<PatientView['allergyState']>

export interface BannerPerson extends Person {
  readonly language?: string | null | undefined
  readonly flags?: readonly Pick<z.infer<typeof Flag>, 'id' | 'kind' | 'text'>[] | undefined
  readonly allergyState?: AllergyState | undefined
}

export interface PatientBannerProps {
  /** `chart.open`'s banner or `patients.get`'s answer; what a role does not see is left out. */
  readonly patient: BannerPerson
  /** With the lines where the role reads them; else `patient.allergyState` says what there is. */
  readonly allergies?: { readonly state: AllergyState; readonly items: readonly Allergy[] }
  /** At the end: what can be done for this patient. */
  readonly actions?: ReactNode
  /** `h1` on the patient's own page, `p` where the page has a title of its own, or in a dialog. */
  readonly heading?: 'h1' | 'p'
  /** Makes the name a link, to the details of the person. */
  readonly to?: string
}

const allergiesShown = 4

export function PatientBanner({ patient, allergies, actions, heading = 'h1', to }: PatientBannerProps) {
  const words = usePatientWords()
  const Name = heading
  const name = <bdi>{patient.name}</bdi>
  const language = words.language(patient.language)
  const isLocal = patient.language?.split('-')[0] === words.formats.locale.split('-')[0]
  return (
    <section className="pt-banner" aria-label={words.t('banner.label')}>
      <Avatar name={patient.name} size={36} />
      <div className="pt-banner-who">
        <Name className="pt-banner-name">
          {to ? (
            <Link to={to} title={words.t('banner.details')}>
              {name}
            </Link>
          ) : (
            name
          )}
        </Name>
        <div className="os-dim os-sm">
          <PatientFacts person={patient} />
        </div>
      </div>
      <ul className="pt-marks">
        <LifeMarks patient={patient} />
        <AllergyMarks state={allergies?.state ?? patient.allergyState} items={allergies?.items ?? []} />
        {patient.flags?.map((flag) => (
          <li key={flag.id}>
            <Tag tone={flag.kind === 'alert' ? 'bad' : 'neutral'}>
              <span className="os-sr">
                {words.t(flag.kind === 'alert' ? 'banner.alert' : 'banner.sticky')}:{' '}
              </span>
              {flag.kind === 'alert' ? <WarningSign size={12} /> : null}
              <bdi className="pt-mark-text">{flag.text}</bdi>
            </Tag>
          </li>
        ))}
        {language && !isLocal ? (
          <li>
            <Tag tone="violet" title={words.t('banner.speaks', { language })}>
              {language}
            </Tag>
          </li>
        ) : null}
      </ul>
      {actions ? <div className="pt-banner-actions">{actions}</div> : null}
    </section>
  )
}

function LifeMarks({ patient }: { patient: BannerPerson }) {
  const { t, formats } = usePatientWords()
  if (patient.deceased) {
    return (
      <li>
        <Tag tone="bad" strong>
          {patient.deceasedAt
            ? t('banner.deceasedOn', { date: formats.clinicalTime(patient.deceasedAt, 'date') })
            : t('banner.deceased')}
        </Tag>
      </li>
    )
  }
  if (patient.active === false) {
    return (
      <li>
        <Tag tone="warn">{t('banner.inactive')}</Tag>
      </li>
    )
  }
  return null
}

function AllergyMarks({ state, items }: { state: AllergyState | undefined; items: readonly Allergy[] }) {
  const { t } = usePatientWords()
  if (!state) return null
  if (state === 'none-known') {
    return (
      <li>
        <Tag tone="ok">{t('banner.noneKnown')}</Tag>
      </li>
    )
  }
  if (state === 'not-recorded') {
    return (
      <li>
        <Tag tone="warn">{t('banner.notRecorded')}</Tag>
      </li>
    )
  }
  const live = items.filter(isLive)
  if (live.length === 0) {
    return (
      <li>
        <Tag tone="bad" strong>
          {t('banner.allergiesRecorded')}
        </Tag>
      </li>
    )
  }
  const shown = [...live].sort((a, b) => Number(isGrave(b)) - Number(isGrave(a))).slice(0, allergiesShown)
  const rest = live.length - shown.length
  return (
    <>
      {shown.map((item) => (
        <li key={item.id}>
          <Tag tone="bad" strong={isGrave(item)}>
            <span className="os-sr">{t('banner.allergy')}: </span>
            <bdi className="pt-mark-text">{allergyWords(item)}</bdi>
          </Tag>
        </li>
      ))}
      {rest > 0 ? (
        <li>
          <Tag tone="bad" title={live.map(allergyWords).join(', ')}>
            {t('banner.moreAllergies', { count: rest })}
          </Tag>
        </li>
      ) : null}
    </>
  )
}

const isLive = (item: Allergy): boolean =>
  item.clinicalStatus !== 'inactive' &&
  item.clinicalStatus !== 'resolved' &&
  item.verificationStatus !== 'entered-in-error' &&
  item.verificationStatus !== 'refuted'

const isGrave = (item: Allergy): boolean => item.criticality === 'high' || item.severity === 'severe'

const allergyWords = (item: Allergy): string =>
  item.manifestations.length > 0 ? `${item.substance}: ${item.manifestations.join(', ')}` : item.substance
