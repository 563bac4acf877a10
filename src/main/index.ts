// Composition root of the desktop app: builds everything by hand, top to bottom. No top-level await before the app is
// ready: it deadlocks Electron's start in an ES module.
import path from 'node:path'
import { app, powerMonitor, session } from 'electron'
import { createLogger } from '#core/log/logger.ts'
import { composeHost } from './cli/compose.ts'
import { declareAppScheme, serveAppScheme } from './shell/app-scheme.ts'
import { closeSession, denyByDefault } from './shell/hardening.ts'
import { watchOverCopies } from './shell/copies.ts'
import { openIpcDoor } from './shell/ipc.ts'
import { spawnIsolated } from './shell/isolate.ts'
import { openExternal } from './shell/open-external.ts'
import { installMenu } from './shell/menu.ts'
import { createWindowState } from './shell/window-state.ts'
import { openWindow } from './shell/window.ts'

// As root the sandbox cannot start; only test machines run as root, and they say so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
// A crash dump is a picture of memory: keys and charts would be in it (KEY-01).
app.commandLine.appendSwitch('disable-breakpad')
declareAppScheme()
denyByDefault()

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

async function start(): Promise<void> {
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
  const dir = path.join(app.getPath('userData'), 'clinic')
  const log = createLogger(path.join(app.getPath('userData'), 'logs', 'osler.log'))
  const host = await composeHost({ dir, door: 'ipc', spawnIsolated, openExternal, log })
  const windowState = createWindowState()
  const copies = watchOverCopies()
  const door = openIpcDoor(host, log, devServer, copies)

  closeSession(session.defaultSession, devServer)
  serveAppScheme(session.defaultSession, path.join(import.meta.dirname, '../renderer'), host)
  installMenu()
  let window = openWindow(windowState, log, devServer)
  door.admit(window)

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('activate', () => {
    if (!window.isDestroyed()) return
    window = openWindow(windowState, log, devServer)
    door.admit(window)
  })
  powerMonitor.on('lock-screen', () => void door.lockAll())
  powerMonitor.on('suspend', () => void door.lockAll())
  app.on('window-all-closed', () => app.quit())

  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    // Quit once the clinic is closed: jobs at a safe stop, WAL worked off, keys wiped.
    event.preventDefault()
    isClosed = true
    void Promise.allSettled([copies.clear(), host.close()]).finally(() => app.quit())
  })
}
