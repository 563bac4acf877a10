// The window's own scheme: serves the built renderer with the strict policy of WEB-02, takes uploads and gives downloads by
// one-time token.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol, type Session } from 'electron'
import { downloadHeaders, securityHeaders } from '#core/http/headers.ts'
import type { Host } from '#core/rpc/door-types.ts'

const scheme = 'app'
const host = 'clinic'
export const appOrigin = `${scheme}://${host}`
export const startUrl = `${appOrigin}/index.html`

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

export function serveAppScheme(session: Session, folder: string, clinic: Host): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    if (url.host !== host) return plain(404)
    const token = /^\/blob\/([\w-]{20,100})$/.exec(url.pathname)?.[1]
    if (token)
      return request.method === 'GET' ? giveDownload(clinic, token) : takeUpload(clinic, token, request)
    if (request.method !== 'GET') return plain(405)
    return file(folder, url.pathname)
  })
}

async function file(folder: string, pathname: string): Promise<Response> {
  let relative: string
  try {
    relative = path.normalize(decodeURIComponent(pathname)).replace(/^[/\\]+/, '') || 'index.html'
  } catch {
    return plain(404)
  }
  const found = path.join(folder, relative)
  const type = types[path.extname(found)]
  if (!found.startsWith(folder + path.sep) || !type) return plain(404)
  try {
    return new Response(new Uint8Array(await readFile(found)), { headers: headers(type) })
  } catch {
    return plain(404)
  }
}

async function takeUpload(clinic: Host, token: string, request: Request): Promise<Response> {
  if (request.method !== 'POST' || !request.body) return plain(405)
  const reply = await clinic.upload(token, request.body as unknown as AsyncIterable<Uint8Array>)
  return new Response(JSON.stringify(reply), {
    status: reply.ok ? 200 : 422,
    headers: headers('application/json; charset=utf-8'),
  })
}

async function giveDownload(clinic: Host, token: string): Promise<Response> {
  const download = clinic.download(token, { door: 'ipc', token: null })
  if (!download) return plain(404)
  try {
    const bytes = new Uint8Array(await download.open())
    return new Response(bytes, { headers: { ...securityHeaders, ...downloadHeaders(download) } })
  } catch {
    return plain(500)
  }
}

function plain(status: number): Response {
  return new Response('', { status, headers: headers('text/plain; charset=utf-8') })
}

function headers(type: string): Record<string, string> {
  return { ...securityHeaders, 'content-type': type, 'cache-control': 'no-store' }
}
