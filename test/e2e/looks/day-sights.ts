// Which people and papers of the demo clinic's day the pictures show, chosen by where they stand.
import { demoPassword } from '#shared/demo.ts'
import { addDays, weekdayOf } from '#shared/zoned-time.ts'
import type { WebCaller } from '../support/web-caller.ts'
import type { Chart } from './sights.ts'

interface Of {
  readonly patientId: string
  readonly id: string
}

export interface DaySights {
  /** Booked for today and not here yet. */
  readonly expectedName: string
  readonly withNurseName: string
  readonly checkoutName: string
  /** The next day with visits. */
  readonly nextDay: string
  /** With something due, of another day. */
  readonly invoice: Of
  readonly payment: Of
  readonly script: { readonly patientId: string; readonly medicine: string }
  /** Somebody who must not get the medicine. */
  readonly allergic: { readonly patientId: string; readonly drug: string }
  readonly sickNote: Of
}

interface Card {
  readonly patientId: string
  readonly name: string
  readonly stage: string
  readonly due: number | null
}

/** The desk, which sees the day and its money. */
export const desk = 'samira.haddad'
export const nurse = 'lin.brandt'
export const biller = 'grace.nolan'
export const officer = 'noor.hansen'

/** The caller is signed in as a doctor before, and at the desk after. */
export async function chooseDaySights(caller: WebCaller, charts: readonly Chart[]): Promise<DaySights> {
  const allergic = charts.find(({ allergies }) =>
    /penicillin|amoxicillin/i.test(JSON.stringify(allergies.items)),
  )
  const { date, cards } = await caller.call<{ date: string; cards: Card[] }>('board.today')
  const script = await scriptOf(caller, cards)
  const sickNote = await caller.call<{ id: string }>('papers.issueSickNote', {
    patientId: script.patientId,
    from: date,
    until: addDays(date, 2),
    isFollowUp: false,
    diagnosis: null,
    remarks: 'Rest at home.',
  })
  await caller.call('session.signOut')
  await caller.call('session.signIn', { username: desk, password: demoPassword })
  const money = await moneySights(caller)
  const atDesk = await caller.call<{ cards: Card[] }>('board.today')
  const nameAt = (stage: string) => cards.find((card) => card.stage === stage)?.name ?? ''
  const owing = atDesk.cards.find(({ stage, due }) => stage === 'check-out' && (due ?? 0) > 0)
  if (!allergic) throw new Error('nobody in the demo clinic is allergic to penicillin')
  return {
    expectedName: nameAt('expected'),
    withNurseName: nameAt('with-nurse'),
    checkoutName: owing?.name ?? nameAt('check-out'),
    nextDay: workdayAfter(date),
    ...money,
    script,
    allergic: { patientId: allergic.banner.patientId, drug: 'amoxicillin 500' },
    sickNote: { patientId: script.patientId, id: sickNote.id },
  }
}

async function scriptOf(caller: WebCaller, cards: readonly Card[]) {
  for (const { patientId } of cards) {
    const { items } = await caller.call<{ items: { label: string; prescriptionId: string | null }[] }>(
      'prescribing.medicines',
      { patientId },
    )
    const signed = items.find(({ prescriptionId }) => prescriptionId !== null)
    if (signed) return { patientId, medicine: signed.label }
  }
  throw new Error('nothing was prescribed in the demo clinic')
}

async function moneySights(caller: WebCaller): Promise<Pick<DaySights, 'invoice' | 'payment'>> {
  const { invoices } = await caller.call<{ invoices: Of[] }>('billing.invoices', { state: 'all' })
  const open = await caller.call<{ invoices: Of[] }>('billing.invoices', { state: 'open' })
  for (const { patientId } of invoices) {
    const { lines } = await caller.call<{ lines: { paymentId: string | null }[] }>('billing.statement', {
      patientId,
    })
    const paid = lines.find(({ paymentId }) => paymentId !== null)
    const [invoice] = open.invoices
    if (paid?.paymentId && invoice) return { invoice, payment: { patientId, id: paid.paymentId } }
  }
  throw new Error('nothing was paid in the demo clinic')
}

function workdayAfter(date: string): string {
  let next = addDays(date, 1)
  while (weekdayOf(next) > 5) next = addDays(next, 1)
  return next
}
