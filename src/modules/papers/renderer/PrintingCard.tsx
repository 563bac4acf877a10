// Language, and size and printer for each kind of paper.
import { useEffect, useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { RadioRow, SelectField } from '#ui/SelectField.tsx'
import { papers } from '../shared/contract.ts'
import { paperKinds } from '../shared/paper-data.ts'
import { type PaperLanguage, type PaperSettings, paperSizes } from '../shared/settings.ts'
import { papersTexts } from './i18n.ts'

export interface PrintingCardProps {
  readonly language: PaperLanguage
  readonly settings: PaperSettings
  readonly onLanguage: (language: PaperLanguage) => void
  readonly onSettings: (settings: PaperSettings) => void
}

export function PrintingCard({ language, settings, onLanguage, onSettings }: PrintingCardProps) {
  const t = useTexts(papersTexts)
  const [names, setNames] = useState<readonly string[]>([])
  const find = useAct(papers, 'findPrinters', {
    onDone: ({ printers }) => setNames(printers.map((printer) => printer.name)),
  })
  // Once, when the page opens.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => find.start({}), [])
  return (
    <Card title={t('head.printing')}>
      <div className="os-stack">
        <RadioRow
          label={t('head.language')}
          value={language}
          onChange={onLanguage}
          choices={[
            { value: 'en', label: t('head.en') },
            { value: 'ar', label: t('head.ar') },
          ]}
        />
        {paperKinds.map((kind) => {
          const own = settings[kind]
          const known = own.printer !== null && !names.includes(own.printer) ? [own.printer, ...names] : names
          const set = (part: Partial<typeof own>) => onSettings({ ...settings, [kind]: { ...own, ...part } })
          return (
            <fieldset key={kind} className="pp-kind">
              <legend className="os-label">{t(`kind.${kind}`)}</legend>
              <SelectField
                label={`${t(`kind.${kind}`)}: ${t('head.page')}`}
                hideLabel
                value={own.page}
                onChange={(page) => set({ page })}
                choices={paperSizes.map((value) => ({ value, label: value }))}
              />
              <SelectField
                label={`${t(`kind.${kind}`)}: ${t('head.printer')}`}
                hideLabel
                value={own.printer ?? ''}
                onChange={(printer) => set({ printer: printer === '' ? null : printer })}
                choices={[
                  { value: '', label: t('head.dialog') },
                  ...known.map((value) => ({ value, label: value })),
                ]}
              />
            </fieldset>
          )
        })}
      </div>
    </Card>
  )
}
