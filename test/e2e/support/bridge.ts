// Calls of the product's own contract from inside a desktop window, to set a test up without clicking through it.
import type { Page } from '@playwright/test'
// The window as the renderer's client declares it.
import type {} from '#renderer/api/client.ts'

export async function callThroughBridge<T = unknown>(
  page: Page,
  procedure: string,
  input: unknown,
): Promise<T> {
  const reply = await page.evaluate((request) => window.osler?.call(request), { procedure, input })
  if (!reply?.ok) throw new Error(`${procedure}: ${JSON.stringify(reply?.error)}`)
  return reply.value as T
}
