// Whom a visit is for: type a name, phone or number, Enter takes the first, the arrow keys another one.
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react'
import { fetchRead, useRead } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { type PatientLine, patients } from '#modules/patients/shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Field } from '#ui/Field.tsx'
import { schedulingTexts } from '../i18n.ts'

export type PickedPatient = Pick<PatientLine, 'id' | 'name'> & Partial<PatientLine>

export interface PatientPickProps {
  readonly value: PickedPatient | null
  readonly onChange: (patient: PickedPatient | null) => void
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

const pauseMs = 90
const shownAtOnce = 8

export function PatientPick(props: PatientPickProps) {
  const t = useTexts(schedulingTexts)
  const { value, onChange } = props
  if (!value) return <Search {...props} />
  return (
    <div className="os-field">
      <span className="os-label">{t('book.patient')}</span>
      <div className="sc-picked">
        <span>
          <bdi className="os-strong">{value.name}</bdi> <Facts patient={value} />
        </span>
        <Button small onClick={() => onChange(null)}>
          {t('book.otherPatient')}
        </Button>
      </div>
    </div>
  )
}

function Facts({ patient }: { patient: PickedPatient }) {
  const t = useTexts(schedulingTexts)
  const formats = useFormats()
  const facts = [
    patient.birthDate ? t('book.born', { date: formats.date(patient.birthDate) }) : null,
    patient.recordNumber ? t('book.number', { number: patient.recordNumber }) : null,
    patient.phone,
  ].filter(Boolean)
  return (
    <span className="os-dim os-sm">
      {facts.map((fact, n) => (
        <span key={fact}>
          {n > 0 ? ' · ' : ''}
          <bdi>{fact}</bdi>
        </span>
      ))}
    </span>
  )
}

function Search({ onChange, error, autoFocus, inputRef }: PatientPickProps) {
  const t = useTexts(schedulingTexts)
  const listId = useId()
  const [text, setText] = useState('')
  const typed = useRef('')
  const [at, setAt] = useState(0)
  const wanted = text.trim().slice(0, 200)
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  const isOn = asked !== ''
  const read = useRead(
    patients,
    'search',
    { text: asked, limit: shownAtOnce },
    { enabled: isOn, keepPrevious: true },
  )
  const found = isOn && wanted !== '' ? (read.data?.patients ?? []) : []
  const settled = isOn && asked === wanted && read.data !== undefined && !read.isPlaceholderData
  const take = (patient: PatientLine | undefined) => {
    if (patient) onChange(patient)
  }
  /** A fast hand: the answer to what stands in the box, never an older list. */
  const takeFirst = async () => {
    const answer = await fetchRead(patients, 'search', { text: wanted, limit: shownAtOnce }).catch(() => null)
    if (typed.current === text) take(answer?.patients[0])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || wanted === '') return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = at + (event.key === 'ArrowDown' ? 1 : -1)
      setAt(Math.max(0, Math.min(found.length - 1, next)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (settled) take(found[at])
      else void takeFirst()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      typed.current = ''
      setText('')
    }
  }
  return (
    <Field label={t('book.patient')} error={error}>
      {(control) => (
        <span className="os-input-box os-combo">
          <input
            {...control}
            ref={inputRef}
            className="os-input"
            role="combobox"
            aria-expanded={found.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            autoFocus={autoFocus}
            maxLength={200}
            placeholder={t('book.patientHint')}
            value={text}
            onChange={(event) => {
              typed.current = event.currentTarget.value
              setText(event.currentTarget.value)
              setAt(0)
            }}
            onKeyDown={onKeyDown}
          />
          {wanted !== '' && (found.length > 0 || settled) ? (
            <div className="os-combo-list" id={listId} role="listbox" tabIndex={-1}>
              {found.map((patient, n) => (
                <div
                  key={patient.id}
                  id={`${listId}-${n}`}
                  role="option"
                  aria-selected={n === at}
                  tabIndex={-1}
                  className={n === at ? 'os-on' : undefined}
                  onMouseDown={(event) => {
                    event.preventDefault()
                    take(patient)
                  }}
                >
                  <bdi className="os-strong">{patient.name}</bdi> <Facts patient={patient} />
                </div>
              ))}
              {found.length === 0 ? <div className="os-dim">{t('book.noPatient')}</div> : null}
            </div>
          ) : null}
        </span>
      )}
    </Field>
  )
}
