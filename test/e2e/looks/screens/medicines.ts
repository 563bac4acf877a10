// Prescribing in the chart: the desk with typed directions and warnings, the signed script, a medicine and its actions.
import { button, chartOf, dialog, type Screen, seen, showPart, start, type Visit } from './ways.ts'

const desk = async (visit: Visit, patientId: string) => {
  const { page, t } = visit
  await chartOf(visit, `#/patients/${patientId}`)
  await button(page, t('prescribing', 'action')).click()
  await seen(page.getByRole('combobox', { name: t('prescribing', 'drug.label') }))
}

const write = async (visit: Visit, drug: string, sig: string) => {
  const { page, t } = visit
  const box = page.getByRole('combobox', { name: t('prescribing', 'drug.label') })
  await box.fill(drug)
  await seen(page.getByRole('option').filter({ hasText: new RegExp(drug.split(' ')[0] ?? '', 'i') }))
  await seen(page.locator('.rx-desk [role=status]'))
  await box.press('Enter')
  await page.getByRole('textbox', { name: t('prescribing', 'sig.label') }).fill(sig)
  await seen(page.locator('.rx-understood, .rx-aswritten'))
}

const medicine = async (visit: Visit) => {
  const { page, t, sights } = visit
  await chartOf(visit, `#/patients/${sights.script.patientId}`)
  await showPart(visit, 'chart.profile')
  await page.getByRole('button', { name: sights.script.medicine }).first().click()
  await seen(page.getByRole('dialog').getByText(t('prescribing', 'medicine.directions')))
}

export const medicineScreens: readonly Screen[] = [
  { name: 'prescribe', open: (visit) => desk(visit, visit.sights.richId) },
  {
    name: 'prescribe-found',
    onlyGallery: true,
    open: async (visit) => {
      await desk(visit, visit.sights.richId)
      await visit.page.getByRole('combobox', { name: visit.t('prescribing', 'drug.label') }).fill('amox 500')
      await seen(visit.page.locator('.rx-desk [role=status]'))
    },
  },
  {
    name: 'prescribe-written',
    open: async (visit) => {
      await desk(visit, visit.sights.richId)
      await write(visit, 'amoxicillin 500', '1 cap three times a day for 7 days')
    },
  },
  {
    name: 'prescribe-as-written',
    onlyGallery: true,
    open: async (visit) => {
      await desk(visit, visit.sights.richId)
      await write(visit, 'amoxicillin 500', 'half of one when the moon is full')
    },
  },
  {
    name: 'prescribe-alert',
    open: async (visit) => {
      await desk(visit, visit.sights.allergic.patientId)
      await write(visit, visit.sights.allergic.drug, '1 tab twice a day for 5 days')
      await seen(visit.page.locator('.rx-alert, [class*=rx-alert]'))
    },
  },
  {
    name: 'prescribe-basket',
    open: async (visit) => {
      const { page } = visit
      await desk(visit, visit.sights.richId)
      if (!(await page.locator('.rx-basket li').first().isVisible())) {
        await write(visit, 'paracetamol 500', '1-2 tab up to 4 times a day as needed for 5 days')
        await page.keyboard.press('Enter')
      }
      await seen(page.locator('.rx-basket li'))
    },
  },
  {
    name: 'prescribe-own-medicine',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t } = visit
      await desk(visit, visit.sights.richId)
      await page.getByRole('combobox', { name: t('prescribing', 'drug.label') }).fill('zzz salve')
      await page.getByRole('option', { name: t('prescribing', 'drug.own') }).click()
      await seen(dialog(page, t('prescribing', 'own.title')))
    },
  },
  {
    name: 'prescribe-stop',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t } = visit
      await desk(visit, visit.sights.richId)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: start(t('prescribing', 'taken.stopLabel')) })
        .first()
        .click()
      await seen(page.getByRole('textbox', { name: t('prescribing', 'stop.reason') }))
    },
  },
  {
    name: 'medicine-taken',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t } = visit
      await desk(visit, visit.sights.richId)
      await button(page, t('prescribing', 'taken.record')).click()
      await seen(dialog(page, t('prescribing', 'record.title')))
    },
  },
  { name: 'medicine', open: medicine },
  {
    name: 'script',
    open: async (visit) => {
      await medicine(visit)
      await button(visit.page, visit.t('prescribing', 'medicine.script')).click()
      await seen(visit.page.getByText(visit.t('prescribing', 'script.valid')))
    },
  },
]
