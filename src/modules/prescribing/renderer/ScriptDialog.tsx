// A signed prescription, exactly as it was signed, with its signature checked.
import { PrintMenu } from '#modules/papers/renderer/api.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import type { PatientId } from '#shared/ids.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { prescribing } from '../shared/contract.ts'
import type { Prescription } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'

export interface ScriptDialogProps {
  readonly patientId: PatientId
  readonly id: string
  readonly onClose: () => void
}

export function ScriptDialog({ patientId, id, onClose }: ScriptDialogProps) {
  const { t } = useRxWords()
  const common = useTexts(commonTexts)
  const script = useRead(prescribing, 'prescription', { patientId, id })
  return (
    <Dialog
      title={t('script.title', { number: script.data?.number ?? '' })}
      isOpen
      onClose={onClose}
      actions={
        <>
          {script.data?.signature === 'valid' ? (
            <PrintMenu paper={{ kind: 'prescription', patientId, id }} />
          ) : null}
          <Button onClick={onClose} kbd="Escape">
            {common('act.close')}
          </Button>
        </>
      }
    >
      <QueryView query={script}>{(data) => <Script script={data} />}</QueryView>
    </Dialog>
  )
}

function Script({ script }: { script: Prescription }) {
  const { t, f, quantity } = useRxWords()
  return (
    <div className="rx-script">
      <p>
        {t('script.signed', { name: script.prescriberName, at: f.instant(script.signedAt, 'date-time') })}{' '}
        <Tag tone={script.signature === 'valid' ? 'ok' : 'bad'} strong={script.signature === 'broken'}>
          {t(script.signature === 'valid' ? 'script.valid' : 'script.broken')}
        </Tag>
      </p>
      <ol>
        {script.items.map((item) => (
          <li key={item.medicineId}>
            <b>
              <bdi>{item.label}</bdi>
            </b>
            <div>
              <bdi>{item.directions}</bdi>
            </div>
            <div className="os-dim">
              {[
                item.quantity
                  ? t('basket.quantity', { quantity: quantity(item.quantity) })
                  : t('script.noQuantity'),
                item.refills > 0 ? t('basket.refills', { count: item.refills }) : null,
                item.note,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
