// Two people amended one patient: what was taken over, and where to choose whose version stands.
import { useFormContext } from 'react-hook-form'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { useEffect, useRef, useState } from 'react'
import type { FieldGroup } from '../shared/merge.ts'
import { patientTexts } from './i18n.ts'
import type { PatientFormApi } from './PatientForm.tsx'
import { useGroupWords } from './group-words.ts'
import type { Conflict } from './use-amend.ts'

export interface ConflictPanelProps {
  readonly conflict: Conflict
  readonly onTake: (group: FieldGroup, whose: 'mine' | 'theirs', form: PatientFormApi) => void
  readonly onReload: () => void
}

export function ConflictPanel({ conflict, onTake, onReload }: ConflictPanelProps) {
  const t = useTexts(patientTexts)
  const words = useGroupWords()
  const form = useFormContext() as unknown as PatientFormApi
  const [chosen, setChosen] = useState<Readonly<Partial<Record<FieldGroup, 'mine' | 'theirs'>>>>({})
  const { base, mine, theirs, taken, clashes } = conflict
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'center' })
    panel.current?.focus()
  }, [])
  return (
    <section className="pt-conflict" aria-label={t('conflict.title')} ref={panel} tabIndex={-1}>
      <Notice tone="warn" title={t('conflict.title')}>
        {t('conflict.text')}
      </Notice>
      {clashes.length > 0 ? <h3 className="pt-section-title">{t('conflict.both')}</h3> : null}
      {clashes.map((group) => (
        <div key={group} className="pt-clash">
          <RadioRow
            label={t('conflict.choose', { field: t(`field.${group}`) })}
            value={chosen[group] ?? 'mine'}
            onChange={(whose) => {
              setChosen({ ...chosen, [group]: whose })
              onTake(group, whose, form)
            }}
            choices={[
              { value: 'mine', label: `${t('conflict.mine')}: ${words(group, mine)}` },
              { value: 'theirs', label: `${t('conflict.theirs')}: ${words(group, theirs)}` },
            ]}
            hint={`${t('conflict.before')}: ${words(group, base)}`}
          />
        </div>
      ))}
      {taken.length > 0 ? <h3 className="pt-section-title">{t('conflict.taken')}</h3> : null}
      <dl className="pt-pairs">
        {taken.map((group) => (
          <div key={group}>
            <dt>{t(`field.${group}`)}</dt>
            <dd>
              <del className="os-dim">
                <bdi>{words(group, base)}</bdi>
              </del>{' '}
              <bdi>{words(group, theirs)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Button small onClick={onReload}>
        {t('conflict.reload')}
      </Button>
    </section>
  )
}
