// Calls of the product's own contracts from inside a signed-in window, whichever door it stands at: to set a test up and
// to read back what was done, without clicking through it.
import type { Page } from '@playwright/test'
// The window as the renderer's client declares it.
import type {} from '#renderer/api/client.ts'

export async function callFrom<T = unknown>(page: Page, procedure: string, input: unknown = {}): Promise<T> {
  const reply = await page.evaluate(
    async ({ procedure: name, input: value }) => {
      if (window.osler) return await window.osler.call({ procedure: name, input: value })
      const response = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-osler': '1' },
        body: JSON.stringify({ input: value }),
      })
      return (await response.json()) as { ok: boolean; value?: unknown; error?: unknown }
    },
    { procedure, input },
  )
  if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify('error' in reply ? reply.error : null)}`)
  return (reply as { value: T }).value
}
