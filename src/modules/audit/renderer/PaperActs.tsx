// Print or save a paper in the language the patient reads.
import { useState } from 'react'
import { printFile } from '#modules/papers/renderer/api.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { Button } from '#ui/Button.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import type { languages } from '../shared/contract.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

export type PaperLanguage = (typeof languages)[number]
interface PaperFile {
  readonly token: string
  readonly name: string
}

export interface PaperActsProps {
  readonly make: (language: PaperLanguage, then: (made: { readonly file: PaperFile }) => void) => void
  readonly isPending: boolean
}

export function PaperActs({ make, isPending }: PaperActsProps) {
  const { t, f } = useAuditWords()
  const [language, setLanguage] = useState<PaperLanguage>(f.locale.startsWith('ar') ? 'ar' : 'en')
  return (
    <div className="au-acts">
      <SelectField
        label={t('paper.language')}
        value={language}
        onChange={setLanguage}
        choices={[
          { value: 'en', label: t('paper.en') },
          { value: 'ar', label: t('paper.ar') },
        ]}
      />
      <Button onClick={() => make(language, ({ file }) => void printFile(file))} loading={isPending}>
        {t('paper.print')}
      </Button>
      <Button onClick={() => make(language, ({ file }) => saveFile(file))} loading={isPending}>
        {t('paper.save')}
      </Button>
    </div>
  )
}
