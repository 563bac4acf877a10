// A tax and its rate from a day on.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { billing } from '../shared/contract.ts'
import type { TaxRate } from '../shared/shapes.ts'
import { readPercent } from './percent.ts'
import { useMoney } from './use-money.ts'

const fresh = 'new'

export function TaxDialog({ rates, onClose }: { rates: readonly TaxRate[]; onClose: () => void }) {
  const { t, formats } = useMoney()
  const words = useErrorText()
  const known = [...new Map(rates.map((rate) => [rate.code, rate])).values()]
  const [code, setCode] = useState(known[0]?.code ?? fresh)
  const [name, setName] = useState('')
  const [percent, setPercent] = useState('')
  const [from, setFrom] = useState<string | null>(
    known.length === 0 ? `${formats.today.slice(0, 4)}-01-01` : formats.today,
  )
  const save = useAct(billing, 'setTaxRate', { onDone: onClose })
  const basisPoints = readPercent(percent)
  const chosen = known.find((rate) => rate.code === code)
  const title = chosen?.name ?? name.trim()
  const isGood = title !== '' && basisPoints !== null && from !== null && from.length === 10
  return (
    <Dialog
      title={t('tax.add')}
      isOpen
      onClose={onClose}
      canSubmit={isGood}
      isBusy={save.isPending}
      error={save.error ? words(save.error) : null}
      width="small"
      onSubmit={() =>
        save.start({
          code: chosen?.code ?? freeCode(rates),
          name: title,
          nameOther: chosen?.nameOther ?? null,
          basisPoints: basisPoints ?? 0,
          validFrom: from ?? formats.today,
        })
      }
    >
      <div className="os-stack">
        {known.length > 0 ? (
          <SelectField
            label={t('tax.which')}
            value={code}
            onChange={setCode}
            choices={[
              ...known.map((rate) => ({ value: rate.code, label: rate.name })),
              { value: fresh, label: t('tax.another') },
            ]}
          />
        ) : null}
        {chosen ? null : (
          <TextField
            label={t('tax.name')}
            value={name}
            onChange={setName}
            maxLength={120}
            placeholder={t('tax.nameHint')}
          />
        )}
        <TextField
          label={t('tax.rate')}
          value={percent}
          onChange={setPercent}
          inputMode="decimal"
          dir="ltr"
          unit="%"
          maxLength={6}
          hint={t('tax.rateHint')}
          error={percent !== '' && basisPoints === null ? t('tax.badRate') : null}
        />
        <DateField label={t('fees.from')} value={from} onChange={setFrom} allowFuture />
      </div>
    </Dialog>
  )
}

/** Never shown: papers and screens say the name. */
function freeCode(rates: readonly TaxRate[]): string {
  const taken = new Set(rates.map((rate) => rate.code))
  for (let n = 1; ; n++) if (!taken.has(`tax-${n}`)) return `tax-${n}`
}
