// What no window may do: leave our pages, open others, load from anywhere, ask for devices, download (ELE-01..05).
import { app, type Session } from 'electron'
import { appOrigin } from './app-scheme.ts'

export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('login', (event) => event.preventDefault())
}

/** `devServer` is the Vite address during development and undefined in every build. */
export function closeSession(session: Session, devServer: string | undefined): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  const allowed = ['devtools:', 'data:', 'blob:']
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = new URL(details.url)
    const ours =
      url.protocol === 'app:' ? details.url.startsWith(`${appOrigin}/`) : allowed.includes(url.protocol)
    const dev = devServer !== undefined && (details.url.startsWith(devServer) || url.protocol === 'ws:')
    answer({ cancel: !(ours || dev) })
  })
}
