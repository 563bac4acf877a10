// The left column: what is always true of this patient, beside the note while one writes.
import { openMedicineTask } from '#modules/prescribing/renderer/api.ts'
import { editProfile, ProfileEditing } from '#modules/profile/renderer/api.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { EncounterId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { type Chart, chart } from '../shared/contract.ts'
import { chartTexts, useCodes } from './i18n.ts'
import { ProfileLine, ProfileSection } from './ProfileSection.tsx'
import type { Selection } from './selection.ts'
import { yearOf } from './timeline.ts'
import { useDays } from './use-days.ts'
import { VitalsProfile } from './Vitals.tsx'

export interface ProfileProps {
  readonly chart: Chart
  readonly selection: Selection
  readonly onAllVitals: () => void
}

export function Profile({ chart: data, selection, onAllVitals }: ProfileProps) {
  return (
    <>
      <ProfileEditing patientId={data.banner.patientId} encounterId={visitUnderWay(data)} />
      <Problems data={data} selection={selection} />
      <Allergies data={data} selection={selection} />
      <Medicines data={data} selection={selection} />
      <VitalsProfile vitals={data.vitals} onAll={onAllVitals} />
    </>
  )
}

/** Where one's own note is being written, else where the patient is now. */
function visitUnderWay({ drafts, encounters }: Chart): EncounterId | null {
  const written = drafts.find((draft) => draft.mine && draft.encounterId !== null)?.encounterId
  const now = written ?? encounters.find((visit) => visit.status === 'in-progress')?.id
  return EncounterId.safeParse(now).data ?? null
}

interface PartProps {
  readonly data: Chart
  readonly selection: Selection
}

const activeStatuses: ReadonlySet<string | null> = new Set(['active', 'recurrence', 'relapse', null])

function Problems({ data, selection }: PartProps) {
  const t = useTexts(chartTexts)
  const may = useMay()
  const { patientId } = data.banner
  const add = () => editProfile({ kind: 'add-problem', patientId })
  // Whoever may change it gets to do so beside the note; others read it.
  const open = (id: string) =>
    may('profile.U') ? editProfile({ kind: 'problem', patientId, id }) : selection.openItem('condition', id)
  const active = data.problems.filter(
    (p) => activeStatuses.has(p.clinicalStatus) && p.verificationStatus !== 'refuted',
  )
  const more = data.totals.problems > active.length
  return (
    <ProfileSection
      title={t('problems.title')}
      action={
        more
          ? {
              label: t('problems.all', { count: data.totals.problems }),
              run: () => selection.openList('problems'),
            }
          : undefined
      }
      add={may('profile.C') ? { label: t('problems.add'), keys: 'D', run: add } : undefined}
    >
      {active.length === 0 ? <p className="os-dim">{t('problems.none')}</p> : null}
      <ul>
        {active.map((p) => (
          <ProfileLine key={p.id} end={yearOf(p.onset)} onOpen={() => open(p.id)}>
            <bdi>{p.display}</bdi> {p.code ? <bdi className="os-dim os-sm">{p.code}</bdi> : null}
            {p.verificationStatus === 'unconfirmed' || p.verificationStatus === 'provisional' ? (
              <span className="os-dim os-sm"> {t('problems.unconfirmed')}</span>
            ) : null}
          </ProfileLine>
        ))}
      </ul>
    </ProfileSection>
  )
}

function Medicines({ data, selection }: PartProps) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const may = useMay()
  const { patientId } = data.banner
  const open = (id: string) =>
    may('prescriptions.R')
      ? openMedicineTask({ kind: 'medicine', patientId, id })
      : selection.openItem('medication', id)
  const more = data.totals.medicines > data.medicines.length
  return (
    <ProfileSection
      title={t('medicines.title')}
      action={
        more
          ? {
              label: t('medicines.all', { count: data.totals.medicines }),
              run: () => selection.openList('medicines'),
            }
          : undefined
      }
      add={
        may('prescriptions.C')
          ? {
              label: t('medicines.add'),
              keys: 'R',
              run: () => openMedicineTask({ kind: 'prescribe', patientId }),
            }
          : undefined
      }
    >
      {data.medicines.length === 0 ? <p className="os-dim">{t('medicines.none')}</p> : null}
      <ul>
        {data.medicines.map((m) => (
          <ProfileLine
            key={m.id}
            end={m.status === 'active' ? days.short(m.authoredOn) : <Tag tone="warn">{code(m.status)}</Tag>}
            onOpen={() => open(m.id)}
          >
            <bdi>{m.display}</bdi>{' '}
            <bdi className="ch-directions">{m.dosageText ?? t('medicines.noDirections')}</bdi>
          </ProfileLine>
        ))}
      </ul>
    </ProfileSection>
  )
}

function Allergies({ data, selection }: PartProps) {
  const t = useTexts(chartTexts)
  const may = useMay()
  const { patientId } = data.banner
  const add = () => editProfile({ kind: 'add-allergy', patientId })
  const open = (id: string) =>
    may('profile.U') ? editProfile({ kind: 'allergy', patientId, id }) : selection.openItem('allergy', id)
  const { state, items } = data.allergies
  return (
    <ProfileSection
      title={t('allergies.title')}
      add={may('profile.C') ? { label: t('allergies.add'), keys: 'A', run: add } : undefined}
    >
      {state === 'none-known' ? <p>{t('allergies.noneKnown')}</p> : null}
      {state === 'not-recorded' ? <NotRecorded patientId={data.banner.patientId} /> : null}
      <ul>
        {items.map((a) => (
          <AllergyRow key={a.id} allergy={a} onOpen={() => open(a.id)} />
        ))}
      </ul>
    </ProfileSection>
  )
}

type Allergy = Chart['allergies']['items'][number]

const isPast = ({ clinicalStatus, verificationStatus }: Allergy) =>
  clinicalStatus === 'inactive' || clinicalStatus === 'resolved' || verificationStatus === 'refuted'

function AllergyRow({ allergy, onOpen }: { allergy: Allergy; onOpen: () => void }) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const past = isPast(allergy)
  const reaction = allergy.manifestations.join(', ')
  return (
    <ProfileLine end={past ? t('allergies.past') : days.short(allergy.recordedDate)} onOpen={onOpen}>
      <bdi className={past ? 'os-dim' : 'ch-allergy'}>{allergy.substance}</bdi>{' '}
      {reaction || allergy.severity ? (
        <span className="ch-directions">
          <bdi>{reaction}</bdi>
          {reaction && allergy.severity ? ' · ' : null}
          {allergy.severity ? code(allergy.severity) : null}
        </span>
      ) : null}
    </ProfileLine>
  )
}

/** Not asked yet is no answer: amber, and one click records the fact, with Undo. */
function NotRecorded({ patientId }: { patientId: Chart['banner']['patientId'] }) {
  const t = useTexts(chartTexts)
  const may = useMay()
  const words = useErrorText()
  const fail = (error: Parameters<typeof words>[0]) => showToast({ tone: 'bad', text: words(error) })
  const withdraw = useAct(chart, 'withdrawNoKnownAllergies', {
    onDone: () => showToast({ text: t('allergies.withdrawn') }),
    onError: fail,
  })
  const record = useAct(chart, 'recordNoKnownAllergies', {
    onDone: () => showToast({ text: t('allergies.noneRecorded'), undo: () => withdraw.start({ patientId }) }),
    onError: fail,
  })
  return (
    <div className="ch-asknow">
      <Tag tone="warn">{t('allergies.notRecorded')}</Tag>
      <span className="os-dim os-grow">{t('allergies.notRecordedText')}</span>
      {may('profile.C') ? (
        <Button
          small
          loading={record.isPending}
          onClick={() => record.start({ patientId })}
          label={`${t('allergies.recordNone')}. ${t('allergies.recordNoneHint')}`}
        >
          {t('allergies.recordNone')}
        </Button>
      ) : null}
    </div>
  )
}
