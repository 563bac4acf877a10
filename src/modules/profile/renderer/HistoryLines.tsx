// Who changed what in one entry, newest first; closed until somebody asks.
import type { OutputFor } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { profile } from '../shared/contract.ts'
import { isColumn, profileTexts, useWord } from './i18n.ts'

type Line = OutputFor<typeof profile, 'problem'>['history'][number]

export function HistoryLines({ lines }: { lines: readonly Line[] }) {
  const t = useTexts(profileTexts)
  const f = useFormats()
  const word = useWord()
  return (
    <details className="pf-history">
      <summary>{t('history.title', { count: lines.length })}</summary>
      <ol>
        {lines.map((line, n) => (
          <li key={n}>
            <span className="os-dim os-sm">
              {f.instant(line.at)} · <bdi>{line.userName ?? t('history.nobody')}</bdi>
            </span>
            <ul>
              {line.changes.map(({ column, after }) => (
                <li key={column}>
                  {isColumn(column) ? t(`column.${column}`) : column}:{' '}
                  <bdi>{after === null ? t('history.nothing') : word(after)}</bdi>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  )
}
