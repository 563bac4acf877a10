// Where an invoice stands, in a word.
import { Tag, type Tone } from '#ui/Marks.tsx'
import type { InvoiceLineItem } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

const tones: Record<InvoiceLineItem['state'], Tone> = {
  unpaid: 'warn',
  partial: 'warn',
  paid: 'ok',
  credited: 'neutral',
  'credit-note': 'violet',
}

export function InvoiceState({ state }: { state: InvoiceLineItem['state'] }) {
  const { t } = useMoney()
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>
}
