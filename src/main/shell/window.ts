// The clinic's window: sandboxed, isolated, restored where it stood, reloaded when its page dies (ELE-01, ELE-07).
import path from 'node:path'
import { app, BrowserWindow, screen, type Rectangle } from 'electron'
import type { Logger } from '#core/log/logger.ts'
import { startUrl } from './app-scheme.ts'
import type { WindowState } from './window-state.ts'

export function openWindow(state: WindowState, log: Logger, devServer: string | undefined): BrowserWindow {
  const window = new BrowserWindow({
    ...visible(state.load()),
    minWidth: 360,
    minHeight: 560,
    show: false,
    title: 'Osler',
    backgroundColor: '#f6f7f9',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  const url = devServer ?? startUrl
  window.once('ready-to-show', () => window.show())
  window.on('close', () => state.save(window.getNormalBounds()))
  // Nothing clinical in a title: task bars and screen recorders show it.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    log.warn('window page died, reloading', { code: details.reason })
    // Where the person was: the chart with the draft, not the start.
    const last = window.webContents.getURL()
    // Loading while Chromium still buries the old page takes the whole program down.
    setImmediate(() => {
      if (!window.isDestroyed()) void window.loadURL(last.startsWith(url) ? last : url)
    })
  })
  window.on('unresponsive', () => {
    log.warn('window hangs, restarting its page')
    window.webContents.forcefullyCrashRenderer()
  })
  void window.loadURL(url)
  return window
}

/** A window remembered from a second screen that is gone opens on the first. */
function visible(bounds: Rectangle | undefined): Partial<Rectangle> {
  if (!bounds) return { width: 1366, height: 820 }
  const area = screen.getDisplayMatching(bounds).workArea
  const inside =
    bounds.x < area.x + area.width &&
    bounds.x + bounds.width > area.x &&
    bounds.y < area.y + area.height &&
    bounds.y + bounds.height > area.y
  return inside ? bounds : { width: bounds.width, height: bounds.height }
}
