// The one form for registering and amending: what is usually needed first, everything else added when it is at hand.
// It checks with the contract's own schema, keeps a draft as one types, and hands back what the contract takes.
import { zodResolver } from '@hookform/resolvers/zod'
import { Plus } from '@blueprintjs/icons'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { FormProvider, type UseFormReturn, useForm } from 'react-hook-form'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import type { Amendable } from '../shared/merge.ts'
import { AboutSection, StateSection } from './AboutSections.tsx'
import { BirthField } from './BirthField.tsx'
import { useDateOptions } from './date-options.ts'
import { FormText } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'
import { NameField, NameParts } from './NameFields.tsx'
import { type PatientFormValues, type RowList, rowLists } from './patient-form.ts'
import { patientFormSchema } from './patient-form-schema.ts'
import { Rows } from './RowSections.tsx'
import { SexField } from './SexField.tsx'
import { useAddRow } from './use-add-row.ts'

export type PatientFormApi = UseFormReturn<PatientFormValues, unknown, Amendable>
type Section = 'nameParts' | RowList | 'about' | 'state'
const sections: readonly Section[] = [
  'nameParts',
  'otherNames',
  'telecoms',
  'addresses',
  'identifiers',
  'contacts',
  'about',
  'state',
]

export interface PatientFormProps {
  readonly initial: PatientFormValues
  readonly onSave: (input: Amendable, form: PatientFormApi) => void
  /** Every change, for the draft. */
  readonly onChange: (values: PatientFormValues) => void
  readonly saveLabel: string
  readonly isBusy: boolean
  /** Where the typing starts: the name, or what follows it when the name came along from the search box. */
  readonly focus: 'name' | 'birth'
  /** Above the buttons: what the clinic answered when saving failed. */
  readonly error?: ReactNode
  /** Between the fields and the buttons: a conflict to settle. */
  readonly children?: ReactNode
  /** Lists this role does not see. */
  readonly hidden?: readonly RowList[]
  /** Beside the form, or under its first fields on a narrow screen. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
}

export function PatientForm(props: PatientFormProps) {
  const { initial, onSave, onChange, isBusy, focus } = props
  const t = useTexts(patientTexts)
  const options = useDateOptions()
  const { locale, today } = options
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const schema = useMemo(() => patientFormSchema(options), [locale, today])
  const form = useForm<PatientFormValues, unknown, Amendable>({
    defaultValues: initial,
    resolver: zodResolver(schema),
    mode: 'onTouched',
  })
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => onChange(values) }),
    [form, onChange],
  )
  const [opened, setOpened] = useState<ReadonlySet<Section>>(() => sectionsIn(initial))
  const show = (section: Section) => setOpened((now) => new Set(now).add(section))
  const errors = Object.keys(form.formState.errors).length
  return (
    <FormProvider {...form}>
      <form
        className="pt-form"
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((input) => (isBusy ? undefined : onSave(input, form)))(event)
        }
      >
        <div className="pt-form-main os-card">
          <div className="pt-form-first">
            <NameField
              autoFocus={focus === 'name'}
              onChangeParts={opened.has('nameParts') ? null : () => show('nameParts')}
            />
            {opened.has('nameParts') ? <NameParts /> : null}
            <BirthField autoFocus={focus === 'birth'} />
            <SexField />
            <FormText name="phone" label={t('form.phone')} optional type="tel" dir="ltr" inputMode="tel" />
          </div>
          {props.aside ? <aside className="pt-form-aside">{props.aside}</aside> : null}
          {sections
            .slice(1)
            .map((section) => (opened.has(section) ? <FormSection key={section} section={section} /> : null))}
          <MoreButtons opened={opened} hidden={props.hidden ?? []} onAdd={show} />
          {props.children}
          {props.error ? <Notice tone="bad">{props.error}</Notice> : null}
          {errors > 0 && form.formState.isSubmitted ? (
            <p className="os-error" role="alert">
              {t('error.summary', { count: errors })}
            </p>
          ) : null}
          <div className="pt-form-foot">
            <Button type="submit" intent="primary" kbd="Enter" loading={isBusy}>
              {props.saveLabel}
            </Button>
            {props.actions}
          </div>
        </div>
      </form>
    </FormProvider>
  )
}

function FormSection({ section }: { section: Section }) {
  const t = useTexts(patientTexts)
  return (
    <section className="pt-section" aria-label={t(`section.${section}`)}>
      <h2 className="pt-section-title">{t(`section.${section}`)}</h2>
      {section === 'about' ? <AboutSection /> : null}
      {section === 'state' ? <StateSection /> : null}
      {isRowList(section) ? <Rows list={section} /> : null}
    </section>
  )
}

interface MoreButtonsProps {
  readonly opened: ReadonlySet<Section>
  readonly hidden: readonly Section[]
  readonly onAdd: (section: Section) => void
}

/** One button for each thing that can be added; a list can be added to again and again. */
function MoreButtons({ opened, hidden, onAdd }: MoreButtonsProps) {
  const t = useTexts(patientTexts)
  const addRow = useAddRow()
  return (
    <fieldset className="pt-more">
      <legend className="pt-section-title">{t('form.more')}</legend>
      <p className="os-hint">{t('form.moreHint')}</p>
      <div className="pt-more-buttons">
        {sections
          .filter((section) => !hidden.includes(section) && (isRowList(section) || !opened.has(section)))
          .map((section) => (
            <Button
              key={section}
              small
              icon={<Plus size={12} />}
              onClick={() => {
                onAdd(section)
                if (isRowList(section)) addRow(section)
              }}
            >
              {t(`add.${section}`)}
            </Button>
          ))}
      </div>
    </fieldset>
  )
}

const isRowList = (section: Section): section is RowList => (rowLists as readonly string[]).includes(section)

/** Sections that already say something are open. */
function sectionsIn(values: PatientFormValues): ReadonlySet<Section> {
  const open = new Set<Section>(rowLists.filter((list) => values[list].length > 0))
  if (values.partsWritten || values.prefix || values.suffix) open.add('nameParts')
  if (values.language || values.maritalStatus) open.add('about')
  if (values.deceased || !values.active) open.add('state')
  return open
}
