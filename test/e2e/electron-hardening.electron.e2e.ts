// The desktop window as an attacker inside it finds it (ELE-01, -02, -03, -05): settings as they are at run time, what the
// bridge gives, forty ways out, strangers on the bridge.
import { filesBelow } from './support/clear-text.ts'
import { createClinic } from './support/acts.ts'
import { expect, test } from './support/electron-clinic.ts'
import { tryEscapes } from './support/hostile-page.ts'
import type {} from '#renderer/api/client.ts'
import { openPrey } from './support/prey.ts'

test('ELE-01: every window runs sandboxed and isolated, without Node', async ({ clinic }) => {
  const windows = await clinic.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Not in the typed interface, but the only place where the settings in force can be read.
      const all = (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences()
      const names = [
        'sandbox',
        'contextIsolation',
        'nodeIntegration',
        'nodeIntegrationInWorker',
        'nodeIntegrationInSubFrames',
        'webSecurity',
        'allowRunningInsecureContent',
        'experimentalFeatures',
        'webviewTag',
        'spellcheck',
      ]
      return Object.fromEntries(names.map((name) => [name, all[name] ?? false]))
    }),
  )
  expect(windows).toEqual([
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
    },
  ])
})

test('ELE-03: the bridge is four functions and a word', async ({ clinic }) => {
  const { page } = clinic
  const bridge = await page.evaluate(() =>
    Object.entries(window.osler ?? {}).map(([name, value]) => `${name}: ${typeof value}`),
  )
  expect(bridge.sort()).toEqual([
    'bootstrap: function',
    'call: function',
    'copied: function',
    'onChanged: function',
    'platform: string',
  ])
  expect(
    await page.evaluate(() => Object.keys(window).filter((name) => /electron|ipc|node/i.test(name))),
  ).toEqual([])
})

test('a text is copied out by a click, and never read back', async ({ clinic }) => {
  const { page } = clinic
  await page.evaluate(() => {
    document.addEventListener('click', () => {
      const mark = (text: string) => void (document.body.dataset.copied = text)
      navigator.clipboard.writeText('copied').then(
        () => mark('done'),
        () => mark('refused'),
      )
    })
  })
  await page.mouse.click(5, 5)
  await expect(page.locator('body')).toHaveAttribute('data-copied', 'done')
  expect(await clinic.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied')
  const read = () =>
    navigator.clipboard.readText().then(
      () => 'read',
      () => 'refused',
    )
  expect(await page.evaluate(read)).toBe('refused')
})

test('ELE-02 ELE-05: a hostile page gets nothing out, opens nothing, runs nothing', async ({ clinic }) => {
  clinic.ignoreTrouble(
    /policy:|Content Security Policy|Not allowed to load|Refused to|ERR_|Blocked|WebSocket/,
  )
  await using prey = await openPrey()
  const { page } = clinic
  const downloads = await clinic.app.evaluateHandle(({ session }) => {
    const done: string[] = []
    session.defaultSession.on('will-download', (event, item) => {
      if (!event.defaultPrevented) done.push(item.getFilename())
      item.once('done', (_event, state) => void (state === 'completed' && done.push(item.getSavePath())))
    })
    return done
  })
  const { http, port, udp } = prey
  const results = await page.evaluate(tryEscapes, { http, port, udp })
  const escaped = Object.entries(results).filter(([, succeeded]) => succeeded)
  expect(escaped).toEqual([])
  expect(await downloads.jsonValue()).toEqual([])
  expect(filesBelow(clinic.box.root).filter((name) => name.includes('stolen'))).toEqual([])
  expect(page.frames()).toHaveLength(3)
  expect(page.frames().filter((frame) => frame.url().startsWith('http'))).toEqual([])
  expect(await windowCount(clinic)).toBe(1)

  // Last, since it would take the page away.
  for (const address of [http, 'file:///etc/passwd', 'app://other/index.html', 'data:text/html,x']) {
    await page.evaluate((to) => {
      window.location.href = to
    }, address)
  }
  await expect.poll(() => page.evaluate(() => window.location.origin)).toBe('app://clinic')
  expect(prey.visits, 'connections and datagrams that left the window').toEqual([])
})

test('ELE-03: calls from a window that is not ours are refused', async ({ clinic }) => {
  await createClinic(clinic.page)
  const answers = await clinic.app.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    })
    await stranger.loadURL('app://clinic/index.html')
    const ask = (script: string) => stranger.webContents.executeJavaScript(script) as Promise<unknown>
    const found = [
      await ask(`osler.call({ procedure: 'session.me', input: {} })`),
      await ask(`osler.call({ procedure: 'patients.recent', input: {} })`),
      await ask(`osler.bootstrap('status', {})`),
    ]
    stranger.destroy()
    return found as { ok: boolean; error: { code: string } }[]
  })
  expect(answers.map(({ ok, error }) => [ok, error.code])).toEqual(answers.map(() => [false, 'FORBIDDEN']))
  expect(answers).toHaveLength(3)
})

async function windowCount(clinic: { app: import('@playwright/test').ElectronApplication }): Promise<number> {
  return await clinic.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
}
