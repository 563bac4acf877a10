// Collects what must not happen in a window during a test: errors on the console, uncaught exceptions, and anything the
// content security policy stopped.
import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test'

export interface Troubles {
  readonly list: string[]
  /** What a test provokes on purpose. */
  ignore(pattern: RegExp): void
}

/** Lines of Chromium that say nothing about our pages. */
const noise = [
  /Failed to load resource: the server responded with a status of (401|403|404|409|422|423|429|503)/,
  /Failed to load resource: net::ERR_/,
  /Download the React DevTools/,
]

export async function watchContext(context: BrowserContext): Promise<Troubles> {
  const ignored = [...noise]
  const list: string[] = []
  const note = (line: string) => {
    if (!ignored.some((pattern) => pattern.test(line))) list.push(line)
  }
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url}`)
  }
  const watch = (page: Page) => {
    page.on('console', onConsole)
    page.on('pageerror', (error) => note(`uncaught: ${error.message}`))
  }
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
  // The event tells more than the console's sentence, and is there even where the console is quiet.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // oxlint-disable-next-line no-console -- the console is how it gets out of the page
      console.error(`policy: ${event.violatedDirective} stopped ${event.blockedURI || 'inline'}`)
    })
  })
  return { list, ignore: (pattern) => void ignored.push(pattern) }
}
