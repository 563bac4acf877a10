// A recovery kit as it is shown and printed: nothing else of the page comes onto the paper.
import type { KitSheet } from '#shared/bootstrap.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { QrCode } from '#ui/QrCode.tsx'
import { keysTexts } from './i18n.ts'
import './keys.css'

export function KitSheetView({ sheet, clinicName }: { sheet: KitSheet; clinicName: string }) {
  const t = useTexts(keysTexts)
  const f = useFormats()
  return (
    <section className="kit-sheet" aria-label={t('sheet.title')}>
      <h2>{t('sheet.title')}</h2>
      <p className="kit-secret">{t('sheet.secret')}</p>
      <div className="kit-head">
        <dl className="kit-facts">
          <dt>{t('sheet.clinic')}</dt>
          <dd dir="auto">{clinicName}</dd>
          <dt>{t('sheet.id')}</dt>
          <dd dir="ltr">{sheet.id}</dd>
          <dt>{t('sheet.date')}</dt>
          <dd>{f.instant(sheet.madeAt, 'date')}</dd>
        </dl>
        <QrCode text={sheet.groups.join('-')} label={t('sheet.qr')} size={132} />
      </div>
      <ol className="kit-groups" dir="ltr" aria-label={t('sheet.groups')}>
        {sheet.groups.map((group, at) => (
          <li key={group + String(at)}>
            <i aria-hidden="true">{at + 1}</i>
            <b>{group}</b>
          </li>
        ))}
      </ol>
      <p className="kit-small">{t('sheet.use')}</p>
      <p className="kit-small">{t('sheet.keep')}</p>
    </section>
  )
}
