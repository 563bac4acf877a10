// The real desktop app from out/ in a box of its own: start, kill -9, start again on the same folder.
import {
  _electron,
  type ElectronApplication,
  expect,
  type Page,
  test as base,
  type TestInfo,
} from '@playwright/test'
import { type Box, openBox } from './box.ts'
import { wordsInWindowMemory } from './heap.ts'
import { root } from './paths.ts'
import { type Troubles, watchContext } from './troubles.ts'

const isRoot = process.getuid?.() === 0
const launchMs = 30_000

export interface LaunchOptions {
  /** A program that starts Electron for us, for example as another user. */
  readonly executablePath?: string
}

export class ElectronClinic {
  readonly box: Box
  readonly name = 'electron'
  readonly #options: LaunchOptions
  readonly #hasSandbox: boolean
  #app: ElectronApplication | null = null
  #page: Page | null = null
  #troubles: Troubles[] = []

  constructor(box: Box, options: LaunchOptions = {}) {
    this.box = box
    this.#options = options
    this.#hasSandbox = !isRoot || options.executablePath !== undefined
  }

  get app(): ElectronApplication {
    if (!this.#app) throw new Error('the app is not running')
    return this.#app
  }

  get page(): Page {
    if (!this.#page) throw new Error('the app has no window')
    return this.#page
  }

  /** Of all starts together. */
  troubles(): string[] {
    return this.#troubles.flatMap(({ list }) => list)
  }

  ignoreTrouble(pattern: RegExp): void {
    for (const troubles of this.#troubles) troubles.ignore(pattern)
  }

  async open(): Promise<Page> {
    this.#app = await _electron.launch({
      ...this.#options,
      cwd: root,
      // Without a sandbox only where it cannot start, which is for root. Playwright would switch it off for everybody.
      chromiumSandbox: this.#hasSandbox,
      args: ['.', ...(this.#hasSandbox ? [] : ['--no-sandbox']), `--user-data-dir=${this.box.profile}`],
      env: this.box.env,
      timeout: launchMs,
    })
    this.#page = await this.#app.firstWindow()
    this.#troubles.push(await watchContext(this.#app.context()))
    // Once more from the beginning, now that everything is watched.
    await this.#page.reload()
    return this.#page
  }

  /** As a power cut does to a program: no goodbye, nothing flushed. Returns when the process is gone. */
  async killHard(): Promise<void> {
    const { app } = this
    const child = app.process()
    const gone = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
    })
    child.kill('SIGKILL')
    await gone
    this.#forget()
  }

  reopen(): Promise<Page> {
    return this.open()
  }

  wordsInMemory(words: readonly string[]): Promise<string[]> {
    return wordsInWindowMemory(this.app, words)
  }

  /** The door's own way of ending. */
  async close(): Promise<void> {
    const app = this.#app
    this.#forget()
    await app?.close()
  }

  #forget(): void {
    this.#app = null
    this.#page = null
  }

  async dispose(): Promise<void> {
    try {
      await this.close()
    } finally {
      this.box.remove()
    }
  }
}

/** Gives a running app to each test; a picture of the window goes with a failure. */
export const test = base.extend<{ clinic: ElectronClinic }>({
  clinic: async ({}, use, info) => {
    const clinic = new ElectronClinic(openBox())
    try {
      await clinic.open()
      await use(clinic)
      await pictureOnFailure(clinic, info)
    } finally {
      await clinic.dispose()
    }
  },
})

async function pictureOnFailure(clinic: ElectronClinic, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return
  await clinic.page.screenshot({ path: info.outputPath('window.png') }).catch(() => undefined)
}

export { expect }
