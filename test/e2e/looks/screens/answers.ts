// Screens that stand only while the backend answers in a rare way: the answer is put in its mouth for the picture.
import type { Page, Route } from '@playwright/test'

type Fields = Readonly<Record<string, unknown>>

const at = (procedure: string) => `**/api/${procedure}`
const put = (route: Route, body: unknown) =>
  route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(body) })

/** The procedure refuses, until `freely`. */
export const refusing = (page: Page, procedure: string, code: string) =>
  page.route(at(procedure), (route) =>
    put(route, { ok: false, error: { code, details: {}, opId: '019a0000-0000-7000-8000-000000000001' } }),
  )

/** The procedure answers this, without being asked. */
export const answering = (page: Page, procedure: string, value: unknown) =>
  page.route(at(procedure), (route) => put(route, { ok: true, value }))

type Change = Fields | ((value: Fields) => Fields)

/** The procedure's own answer, with some of it changed. */
export const changing = (page: Page, procedure: string, change: Change) =>
  page.route(at(procedure), (route) => changed(route, change))

/** The same of what a window asks before a clinic is open. */
export const changingStatus = (page: Page, change: Change) =>
  page.route('**/bootstrap/status', (route) => changed(route, change))

async function changed(route: Route, change: Change): Promise<void> {
  const response = await route.fetch()
  const reply = (await response.json()) as { ok: boolean; value?: Fields }
  const value = reply.value ?? {}
  const fields = typeof change === 'function' ? change(value) : change
  await route.fulfill({ response, json: reply.ok ? { ...reply, value: { ...value, ...fields } } : reply })
}

export const freely = (page: Page) => page.unrouteAll({ behavior: 'ignoreErrors' })
