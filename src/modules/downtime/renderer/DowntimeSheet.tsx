// The list itself, on screen as on paper: how old it is in large letters, then visit by visit.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { formatInstant } from '#renderer/i18n/intl.ts'
import type { DowntimeList, DowntimePatient } from '#shared/downtime.ts'
import { downtimeTexts } from './i18n.ts'

type Day = DowntimeList['days'][number]
type Visit = Day['visits'][number]

export function DowntimeSheet({ list }: { list: DowntimeList }) {
  const t = useTexts(downtimeTexts)
  const f = useFormats()
  const patients = new Map(list.patients.map((patient) => [patient.id, patient]))
  const day = (instant: string) => formatInstant(instant, f.locale, list.timeZone, 'date')
  const time = (instant: string) => formatInstant(instant, f.locale, list.timeZone, 'time')
  return (
    <article className="dt-sheet">
      <header className="dt-age">
        <p>
          <bdi>{list.clinicName}</bdi>
        </p>
        <p>{t('copy.title')}</p>
        <p className="dt-when">
          <time dateTime={list.writtenAt}>
            {day(list.writtenAt)} · {time(list.writtenAt)}
          </time>
        </p>
        <p>{t('copy.text')}</p>
        {list.sight === 'desk' ? <p>{t('copy.desk')}</p> : null}
      </header>
      {list.days.map((each) => (
        <DayList key={each.date} day={each} patients={patients} />
      ))}
    </article>
  )
}

function DayList({ day, patients }: { day: Day; patients: ReadonlyMap<string, DowntimePatient> }) {
  const t = useTexts(downtimeTexts)
  const f = useFormats()
  return (
    <section className="dt-day">
      <h2>{f.date(day.date, 'long')}</h2>
      {day.visits.length + day.leftOut === 0 ? <p className="os-dim">{t('day.none')}</p> : null}
      <ol>
        {day.visits.map((visit) => {
          const patient = patients.get(visit.patientId)
          const key = `${visit.patientId} ${visit.start}`
          return patient ? <VisitLine key={key} visit={visit} patient={patient} /> : null
        })}
      </ol>
      {day.leftOut > 0 ? <p>{t('day.leftOut', { count: day.leftOut })}</p> : null}
    </section>
  )
}

function VisitLine({ visit, patient }: { visit: Visit; patient: DowntimePatient }) {
  const t = useTexts(downtimeTexts)
  const f = useFormats()
  const { birthDate, recordNumber, phone, record } = patient
  return (
    <li className="dt-visit">
      <p className="dt-time">
        <b dir="ltr">{clockText(visit.start)}</b> {t('visit.with', { name: visit.provider })}
      </p>
      <h3>
        <bdi>{patient.name}</bdi>
      </h3>
      <dl className="dt-who">
        {birthDate ? <Fact label={t('who.born')} value={f.date(birthDate)} /> : null}
        {recordNumber ? <Fact label={t('who.number')} value={recordNumber} isCode /> : null}
        {phone ? <Fact label={t('who.phone')} value={phone} isCode /> : null}
      </dl>
      {record ? <RecordLines record={record} /> : null}
    </li>
  )
}

function Fact({ label, value, isCode = false }: { label: string; value: string; isCode?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir={isCode ? 'ltr' : undefined}>{value}</dd>
    </div>
  )
}

function RecordLines({ record }: { record: NonNullable<DowntimePatient['record']> }) {
  const t = useTexts(downtimeTexts)
  const f = useFormats()
  const allergies = record.allergies.map((a) =>
    [a.substance, a.isHigh ? `(${t('record.high')})` : '', f.list(a.reactions)]
      .filter((s) => s !== '')
      .join(' '),
  )
  const unnamed = record.allergyState === 'none-known' ? t('record.noneKnown') : t('record.notRecorded')
  return (
    <div className="dt-record">
      <Lines
        title={t('record.allergies')}
        lines={allergies}
        empty={unnamed}
        isLoud={record.allergyState !== 'none-known'}
      />
      <Lines
        title={t('record.medicines')}
        lines={record.medicines.map((m) => [m.label, m.directions].filter(Boolean).join(': '))}
        empty={t('record.none')}
      />
      <Lines title={t('record.problems')} lines={record.problems} empty={t('record.none')} />
      {record.isPartial ? <p className="dt-partial">{t('record.partial')}</p> : null}
    </div>
  )
}

interface LinesProps {
  readonly title: string
  readonly lines: readonly string[]
  readonly empty: string
  readonly isLoud?: boolean
}

function Lines({ title, lines, empty, isLoud = false }: LinesProps) {
  return (
    <div className={isLoud ? 'dt-loud' : undefined}>
      <h4>{title}</h4>
      {lines.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul>
          {lines.map((line, at) => (
            <li key={`${at} ${line}`}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function clockText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
