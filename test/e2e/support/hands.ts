// Counts what a person does, as the budgets of the daily workflows count it: an action is a click, Enter or a shortcut;
// text that is typed counts as keystrokes; Tab between fields of one form is neither (FEATURES part 4).
import { expect, type Page } from '@playwright/test'

export interface Budget {
  readonly actions: number
  readonly keystrokes?: number
}

export class Hands {
  readonly page: Page
  #actions: string[] = []
  #keystrokes = 0
  #startedMs = Date.now()

  constructor(page: Page) {
    this.page = page
  }

  /** A key that acts: Enter, a letter that is a shortcut, an arrow that chooses. */
  async press(key: string): Promise<void> {
    this.#actions.push(key)
    await this.page.keyboard.press(key)
  }

  /** Text into the field that has the focus. */
  async type(text: string): Promise<void> {
    this.#keystrokes += text.length
    await this.page.keyboard.type(text)
  }

  /** On to the next field of the same form. */
  async tab(times = 1): Promise<void> {
    for (let n = 0; n < times; n++) await this.page.keyboard.press('Tab')
  }

  /** Begins a workflow: nothing done before counts. */
  begin(): void {
    this.#actions = []
    this.#keystrokes = 0
    this.#startedMs = Date.now()
  }

  /** Ends it: what was done must be within the budget. */
  end(workflow: string, budget: Budget): void {
    const done = this.#actions.join(' ')
    expect(this.#actions.length, `${workflow}: actions (${done})`).toBeLessThanOrEqual(budget.actions)
    if (budget.keystrokes !== undefined)
      expect(this.#keystrokes, `${workflow}: keystrokes`).toBeLessThanOrEqual(budget.keystrokes)
    const seconds = ((Date.now() - this.#startedMs) / 1000).toFixed(1)
    process.stdout.write(
      `    ${workflow}: ${this.#actions.length} actions of ${budget.actions}, ${this.#keystrokes} keystrokes, ${seconds} s\n`,
    )
  }
}
