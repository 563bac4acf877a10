// Links a next of kin to their own patient record (A2): found by typing, shown as a link, unlinked with one click.
import { useId, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { Link } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Field } from '#ui/Field.tsx'
import type { PatientLine } from '../shared/contract.ts'
import { useListKeys } from './list-keys.ts'
import { PatientFacts } from './PatientFacts.tsx'
import type { PatientFormValues } from './patient-form.ts'
import { usePatientPath } from './patient-path.ts'
import { usePatientSearch } from './patient-search.ts'
import { usePatientWords } from './words.ts'

export function ContactLink({ n }: { n: number }) {
  const { t } = usePatientWords()
  const may = useMay()
  const pathOf = usePatientPath()
  const { setValue, getValues } = useFormContext<PatientFormValues>()
  const [patientId, name] = useWatch<
    PatientFormValues,
    [`contacts.${number}.patientId`, `contacts.${number}.name`]
  >({
    name: [`contacts.${n}.patientId`, `contacts.${n}.name`],
  })
  if (patientId) {
    return (
      <div className="pt-linked">
        <Link to={pathOf(patientId)}>{t('link.linked')}</Link>
        <Button
          small
          variant="minimal"
          onClick={() => setValue(`contacts.${n}.patientId`, '', { shouldDirty: true })}
        >
          {t('link.remove')}
        </Button>
      </div>
    )
  }
  if (!may('patientSearch.R')) return null
  const link = (patient: PatientLine) => {
    setValue(`contacts.${n}.patientId`, patient.id, { shouldDirty: true })
    if (!getValues(`contacts.${n}.name`).trim()) setValue(`contacts.${n}.name`, patient.name)
    if (!getValues(`contacts.${n}.phone`).trim() && patient.phone)
      setValue(`contacts.${n}.phone`, patient.phone)
  }
  return <PatientPicker label={t('field.link')} startWith={name} onPick={link} />
}

interface PatientPickerProps {
  readonly label: string
  /** Searched for at once when the box is opened. */
  readonly startWith: string
  readonly onPick: (patient: PatientLine) => void
}

export function PatientPicker({ label, startWith, onPick }: PatientPickerProps) {
  const { t } = usePatientWords()
  const listId = useId()
  const [text, setText] = useState<string | null>(null)
  const search = usePatientSearch(text ?? '', { limit: 6, enabled: text !== null })
  const hits = search.settled ? search.patients : []
  const pick = (patient: PatientLine | undefined) => {
    if (!patient) return
    setText(null)
    onPick(patient)
  }
  const keys = useListKeys({
    count: hits.length,
    onEnter: (at) => pick(hits[at]),
    onEscape: () => setText(null),
  })
  const isOpen = text !== null && text.trim() !== ''
  return (
    <Field label={label} optional>
      {(control) => (
        <span className="os-input-box os-combo pt-picker">
          <input
            {...control}
            className="os-input"
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && hits[keys.at] ? `${listId}-${keys.at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            placeholder={t('search.label')}
            value={text ?? ''}
            onFocus={() => setText((now) => now ?? startWith)}
            onChange={(event) => setText(event.currentTarget.value)}
            onBlur={() => setText(null)}
            onKeyDown={(event) => {
              // Enter in here picks; it must not save the form around it.
              if (event.key === 'Enter') event.preventDefault()
              if (isOpen) keys.onKeyDown(event)
            }}
          />
          {isOpen ? (
            <div
              className="os-combo-list"
              id={listId}
              role="listbox"
              tabIndex={-1}
              aria-label={t('search.list')}
            >
              {hits.map((patient, at) => (
                <div
                  key={patient.id}
                  id={`${listId}-${at}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={at === keys.at}
                  className={at === keys.at ? 'pt-option os-on' : 'pt-option'}
                  onMouseDown={(event) => {
                    event.preventDefault()
                    pick(patient)
                  }}
                >
                  <bdi className="pt-name">{patient.name}</bdi> <PatientFacts person={patient} />
                </div>
              ))}
              {search.settled && hits.length === 0 ? <div className="os-dim">{t('link.none')}</div> : null}
            </div>
          ) : null}
        </span>
      )}
    </Field>
  )
}
