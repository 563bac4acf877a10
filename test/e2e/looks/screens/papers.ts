// Papers before they are printed, one of each kind, and the sick note.
import { button, chartOf, dialog, type Screen, seen, showPart, type Visit } from './ways.ts'

/** Opens the menu beside a paper and chooses to look at it first. */
const preview = async ({ page, t }: Visit) => {
  await button(page, t('papers', 'menu.print')).click()
  await page.getByRole('menuitem', { name: t('papers', 'menu.preview') }).click()
  await seen(page.locator('.pp-view canvas'))
}

const sickNote = async (visit: Visit) => {
  await chartOf(visit, `#/patients/${visit.sights.sickNote.patientId}`)
  await visit.page.keyboard.press('k')
  await seen(dialog(visit.page, visit.t('papers', 'sick.title')).getByRole('textbox'))
}

export const paperScreens: readonly Screen[] = [
  {
    name: 'paper-prescription',
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.script.patientId}`)
      await showPart(visit, 'chart.profile')
      await page.getByRole('button', { name: sights.script.medicine }).first().click()
      await button(page, t('prescribing', 'medicine.script')).click()
      await preview(visit)
    },
  },
  { name: 'sick-note', open: sickNote },
  {
    name: 'paper-sick-note',
    onlyGallery: true,
    open: async (visit) => {
      await sickNote(visit)
      await preview(visit)
    },
  },
]

export const moneyPapers: readonly Screen[] = [
  {
    name: 'paper-invoice',
    open: async (visit) => {
      await visit.go(`#/billing/invoices/${visit.sights.invoice.patientId}/${visit.sights.invoice.id}`)
      await preview(visit)
    },
  },
  {
    name: 'paper-receipt',
    onlyGallery: true,
    open: async (visit) => {
      await visit.go(`#/billing/payments/${visit.sights.payment.patientId}/${visit.sights.payment.id}`)
      await preview(visit)
    },
  },
]

export const printQueue: Screen = {
  name: 'print-queue',
  open: async ({ page, go, t }) => {
    await go('#/printing')
    await seen(page.getByRole('heading', { name: t('papers', 'queue.title') }))
  },
}
