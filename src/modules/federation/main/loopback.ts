// Where the browser comes back to: one port of this computer, one path, one answer, five minutes (RFC 8252, 7.3).
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault } from './fault.ts'

export const patienceMs = 5 * 60_000
const mostRequests = 20

export interface Waiting {
  readonly redirectUri: string
  /** The address the browser came back with. Rejects with a Fault when nobody came, or the person gave up. */
  readonly answer: Promise<URL>
  cancel(): void
}

export async function waitOnLoopback(callbackPath: string): Promise<Waiting> {
  const { promise, resolve, reject } = Promise.withResolvers<URL>()
  // Nobody may be waiting yet, or any more.
  promise.catch(() => {})
  let seen = 0
  let port = 0
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, (request, response) => {
    const host = `127.0.0.1:${port}`
    const url = URL.parse(request.url ?? '', `http://${host}`)
    const isOurs =
      request.method === 'GET' &&
      request.headers.host === host &&
      url?.pathname === `/${callbackPath}` &&
      seen <= mostRequests
    seen += 1
    response.writeHead(isOurs ? 200 : 404, headers)
    response.end(isOurs ? page : '', () => {
      if (!isOurs || !url) return
      end()
      resolve(url)
    })
  })
  const end = () => {
    clearTimeout(timer)
    server.close()
    server.closeIdleConnections()
  }
  const give = (fault: Fault) => {
    end()
    reject(fault)
  }
  const timer = setTimeout(() => give(new Fault('too-late')), patienceMs)
  // A program that ends does not wait for a browser.
  timer.unref()
  server.unref()
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  port = (server.address() as AddressInfo).port
  return {
    redirectUri: `http://127.0.0.1:${port}/${callbackPath}`,
    answer: promise,
    cancel: () => give(new Fault('cancelled')),
  }
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

/** Whether it went well is said in Osler: this page knows nothing. */
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Osler</title><h1>Go back to Osler</h1><p>You can close this page.</p>
<h1 lang="ar" dir="rtl">عُد إلى Osler</h1><p lang="ar" dir="rtl">يمكنك إغلاق هذه الصفحة.</p></html>
`
