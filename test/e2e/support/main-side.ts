// Working in a window from the main process: it goes on after the page died, when Playwright's own hold on it is gone.
import type { ElectronApplication } from '@playwright/test'

export class MainSide {
  readonly #app: ElectronApplication

  constructor(app: ElectronApplication) {
    this.#app = app
  }

  /** The value of an expression in the window's page; `null` while there is no page to ask. */
  ask(script: string): Promise<unknown> {
    return this.#app.evaluate(async ({ BrowserWindow }, code) => {
      const [window] = BrowserWindow.getAllWindows()
      if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return null
      // A question to a page that dies meanwhile is never answered.
      const tired = new Promise<null>((resolve) => setTimeout(() => resolve(null), 400))
      const answer = window.webContents.executeJavaScript(code).catch(() => null) as Promise<unknown>
      return await Promise.race([answer, tired])
    }, script)
  }

  /** The text under a selector as a person sees it; empty where there is none. */
  async textOf(selector: string): Promise<string> {
    const text = await this.ask(`document.querySelector(${JSON.stringify(selector)})?.innerText`)
    return typeof text === 'string' ? text : ''
  }

  /** As a keyboard does, into whatever has the focus. */
  type(text: string): Promise<void> {
    return this.#app.evaluate(
      ({ BrowserWindow }, words) => BrowserWindow.getAllWindows()[0]?.webContents.insertText(words),
      text,
    )
  }

  pageProcess(): Promise<number> {
    return this.#app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    )
  }
}
