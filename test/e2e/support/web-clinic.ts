// The clinic in Debian's Chromium through the HTTPS door, with the same verbs as the desktop app.
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import { type Box, openBox } from './box.ts'
import { wordsInBrowserMemory } from './heap.ts'
import { type Troubles, watchContext } from './troubles.ts'
import { WebHost } from './web-host.ts'

export class WebClinic {
  readonly name = 'web'
  readonly box: Box
  readonly page: Page
  readonly #troubles: Troubles
  #host: WebHost | null = null

  private constructor(box: Box, page: Page, troubles: Troubles) {
    this.box = box
    this.page = page
    this.#troubles = troubles
  }

  static async in(context: BrowserContext): Promise<WebClinic> {
    return new WebClinic(openBox(), await context.newPage(), await watchContext(context))
  }

  get host(): WebHost {
    if (!this.#host) throw new Error('the host is not running')
    return this.#host
  }

  troubles(): string[] {
    return this.#troubles.list
  }

  ignoreTrouble(pattern: RegExp): void {
    this.#troubles.ignore(pattern)
  }

  async open(): Promise<Page> {
    this.#host = await WebHost.start({ dir: this.box.clinic, env: this.box.env })
    await this.page.goto(this.#host.address)
    return this.page
  }

  /** The host dies; the browser window stays and finds nobody there any more. */
  async killHard(): Promise<void> {
    await this.host.end('SIGKILL')
    this.#host = null
  }

  /** A new host on the same folder: another port and another token, as after `npm start`. */
  reopen(): Promise<Page> {
    return this.open()
  }

  wordsInMemory(words: readonly string[]): Promise<string[]> {
    return wordsInBrowserMemory(this.page, words)
  }

  async close(): Promise<void> {
    const host = this.#host
    this.#host = null
    await host?.end('SIGTERM')
  }

  async dispose(): Promise<void> {
    try {
      await this.close()
    } finally {
      this.box.remove()
    }
  }
}

export const test = base.extend<{ clinic: WebClinic }>({
  clinic: async ({ context }, use) => {
    const clinic = await WebClinic.in(context)
    try {
      await clinic.open()
      await use(clinic)
    } finally {
      await clinic.dispose()
    }
  },
})

export { expect }
