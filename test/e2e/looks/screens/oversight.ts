// What the privacy officer and the administrator see of the audit trail: notices, reviews, the log, its chain, reports.
import { button, heading, type Screen, seen } from './ways.ts'

const log = {
  open: async ({ page, go, t }: Parameters<Screen['open']>[0]) => {
    await go('#/audit')
    await seen(page.getByRole('table', { name: t('audit', 'log.title') }))
  },
}

const chain = {
  open: async ({ page, go, t }: Parameters<Screen['open']>[0]) => {
    await go('#/audit/chain')
    await heading(page, t('audit', 'digest.title'))
  },
}

export const auditAdminScreens: readonly Screen[] = [
  { name: 'admin-audit', onlyGallery: true, ...log },
  { name: 'admin-audit-chain', ...chain },
]

export const privacyScreens: readonly Screen[] = [
  {
    name: 'privacy-today',
    open: async ({ page, go, t }) => {
      await go('#/today')
      await heading(page, t('oversight', 'home.open'))
    },
  },
  {
    name: 'privacy-notices',
    open: async ({ page, go, t }) => {
      await go('#/notices')
      await heading(page, t('oversight', 'notices.title'))
    },
  },
  {
    name: 'privacy-reviews',
    open: async ({ page, go, t }) => {
      await go('#/reviews')
      await heading(page, t('oversight', 'reviews.title'))
    },
  },
  {
    name: 'privacy-review',
    open: async ({ page, go, t }) => {
      await go('#/reviews')
      await page
        .getByRole('table', { name: t('oversight', 'reviews.title') })
        .getByRole('row')
        .nth(1)
        .click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  { name: 'privacy-audit', ...log },
  {
    name: 'privacy-audit-entry',
    open: async (visit) => {
      await log.open(visit)
      await visit.page.getByRole('table').getByRole('row').nth(1).click()
      await seen(visit.page.getByRole('dialog').getByText(visit.t('audit', 'entry.clockFine')))
    },
  },
  { name: 'privacy-audit-chain', onlyGallery: true, ...chain },
  {
    name: 'privacy-who-opened',
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.richId}`)
      await seen(page.getByRole('table', { name: t('audit', 'who.title') }))
    },
  },
  {
    name: 'privacy-disclosures',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.richId}/disclosures`)
      await seen(page.getByText(t('audit', 'disclosed.emptyText')))
    },
  },
  {
    name: 'privacy-disclosure',
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.richId}/disclosures`)
      await button(page, t('audit', 'disclosed.add')).first().click()
      await seen(page.getByRole('dialog').getByRole('textbox').first())
    },
  },
  {
    name: 'privacy-audit-filtered',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/audit?outcome=refused&door=https')
      await seen(page.getByRole('table', { name: t('audit', 'log.title') }))
      await seen(button(page, t('audit', 'filter.clear')))
    },
  },
  {
    name: 'privacy-audit-none',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/audit?outcome=failed&door=cli')
      await seen(page.getByText(t('audit', 'log.empty')))
    },
  },
  {
    name: 'privacy-digest-mistyped',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t } = visit
      await chain.open(visit)
      await page.getByLabel(t('audit', 'digest.line')).fill('OSLER 2026-11-26 12345 ABCD')
      await button(page, t('audit', 'digest.ask')).click()
      await seen(page.getByText(t('audit', 'verdict.mistyped')))
    },
  },
  {
    name: 'privacy-question',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.richId}`)
      await button(page, t('audit', 'who.question')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'privacy-disclosed',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.cases.patientId}/disclosures`)
      await seen(page.getByRole('table', { name: t('audit', 'order.title') }))
    },
  },
  {
    name: 'privacy-disclosed-one',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.cases.patientId}/disclosures`)
      await page
        .getByRole('table', { name: t('audit', 'disclosed.title') })
        .getByText('Health Office')
        .click()
      await seen(page.getByRole('dialog').getByText(t('audit', 'disclosed.purpose')))
    },
  },
  {
    name: 'privacy-order',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/audit/patients/${sights.cases.patientId}/disclosures`)
      await button(page, t('audit', 'order.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox').first())
    },
  },
]
