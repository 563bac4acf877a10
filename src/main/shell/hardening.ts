// What no window may do: leave our pages, open others, load from anywhere, ask for devices, download (ELE-01..05).
import { app, type Session } from 'electron'
import { appOrigin } from './app-scheme.ts'

/** Copying a text out by a button, which Chromium allows after a click only. Reading the clipboard is not here. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Port 0 can be listened on by nobody. */
const deadProxy = 'socks5://127.0.0.1:0'

export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    // Calls between browsers pass by both the request filter below and the content security policy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
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
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => granted.has(permission))
  session.setDevicePermissionHandler(() => false)
  // Nothing is saved but what the clinic itself handed out under a one-time token; the person chooses where.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`${appOrigin}/blob/`)) event.preventDefault()
  })
  // What still asks for the network finds only a proxy that is not there: the own scheme needs none.
  if (devServer === undefined)
    void session.setProxy({ mode: 'fixed_servers', proxyRules: deadProxy, proxyBypassRules: '<-loopback>' })
  const allowed = ['devtools:', 'data:', 'blob:']
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = new URL(details.url)
    const ours =
      url.protocol === 'app:' ? details.url.startsWith(`${appOrigin}/`) : allowed.includes(url.protocol)
    const dev = devServer !== undefined && (details.url.startsWith(devServer) || url.protocol === 'ws:')
    answer({ cancel: !(ours || dev) })
  })
}
