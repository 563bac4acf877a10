// The HTTPS door as a browser finds it: cookie, headers of every answer, strangers kept out, no secret in the address
// (SESS-04, WEB-01..04).
import { request as httpsRequest } from 'node:https'
import type { Response } from '@playwright/test'
import { createClinic, lock, meButton, unlock } from './support/acts.ts'
import { expect, test } from './support/web-clinic.ts'

const wantedHeaders: Record<string, string | RegExp> = {
  'content-security-policy': new RegExp(
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  ),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

test('WEB-02 SESS-04: from first start to lock: headers on every answer, nothing secret where scripts can read', async ({
  clinic,
  context,
}) => {
  const { page, host } = clinic
  const answers: Response[] = []
  page.on('response', (response) => void answers.push(response))
  await page.reload()
  expect(page.url(), 'the token is taken off the address').toBe(host.origin)
  expect(await page.evaluate(() => window.history.length + window.location.hash)).not.toContain(host.token)
  // The reload lost the token, which lives in memory only: the printed address leads back in.
  await page.goto('about:blank')
  await page.goto(host.address)
  await createClinic(page)
  await lock(page)
  await unlock(page)
  await page.goto(`${host.origin}nothing-here`)
  await page.goto(host.origin)
  await expect(meButton(page)).toBeVisible()

  const cookies = await context.cookies(host.origin)
  expect(cookies).toHaveLength(1)
  const [cookie] = cookies
  expect(cookie).toMatchObject({
    name: '__Host-osler',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
    domain: 'localhost',
    // Ends with the browser.
    expires: -1,
  })
  expect(Buffer.from(cookie?.value ?? '', 'base64url').length, 'bytes of randomness').toBeGreaterThanOrEqual(
    32,
  )

  const readable = await page.evaluate(() => ({
    cookie: document.cookie,
    local: Object.entries(window.localStorage),
    session: Object.entries(window.sessionStorage),
    address: window.location.href,
  }))
  expect(readable.cookie).toBe('')
  expect(readable.session).toEqual([])
  expect(readable.local.map(([name]) => name).filter((name) => name !== 'osler.appearance')).toEqual([])
  expect(JSON.stringify(readable)).not.toContain(cookie?.value)
  expect(JSON.stringify(readable)).not.toContain(host.token)

  expect(answers.length).toBeGreaterThan(10)
  for (const response of answers) await headersAreRight(response)
  expect(clinic.troubles()).toEqual([])
})

async function headersAreRight(response: Response): Promise<void> {
  const headers = await response.allHeaders()
  const where = `${response.request().method()} ${new URL(response.url()).pathname}`
  for (const [name, wanted] of Object.entries(wantedHeaders)) {
    expect(headers[name], `${name} of ${where}`).toMatch(wanted)
  }
  const { pathname } = new URL(response.url())
  const isPage = !/^\/(api|bootstrap|blob)\//.test(pathname)
  if (!isPage) expect(headers['cache-control'], `cache-control of ${where}`).toBe('no-store')
  for (const name of ['server', 'x-powered-by', 'via'])
    expect(headers[name], `${name} of ${where}`).toBeUndefined()
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** Below the browser, so that every header can be forged. */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers,
        rejectUnauthorized: false,
        setHost: !('host' in headers),
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

test('WEB-03 WEB-04: strangers are refused: other origins, other host names, no header, no token', async ({
  clinic,
  context,
}) => {
  const { page, host } = clinic
  await createClinic(page)
  const [cookie] = await context.cookies(host.origin)
  const own = `localhost:${host.port}`
  const good = {
    host: own,
    origin: `https://${own}`,
    'x-osler': '1',
    'content-type': 'application/json',
    cookie: `__Host-osler=${cookie?.value}`,
  }
  const body = JSON.stringify({ input: {} })
  const call = (change: Record<string, string | undefined>, path = '/api/session.me', method = 'POST') => {
    const headers = Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined)
    return ask(
      host.port,
      method,
      path,
      Object.fromEntries(headers) as Record<string, string>,
      method === 'POST' ? body : '',
    )
  }
  expect((await call({})).status, 'the good call').toBe(200)

  const forged: [string, Record<string, string | undefined>][] = [
    ['foreign origin', { origin: 'https://evil.example' }],
    ['origin null', { origin: 'null' }],
    ['no origin', { origin: undefined }],
    ['origin of another port', { origin: `https://localhost:${host.port + 1}` }],
    ['origin over http', { origin: `http://${own}` }],
    ['rebound host', { host: 'evil.example', origin: 'https://evil.example' }],
    [
      'rebound host with our port',
      { host: `evil.example:${host.port}`, origin: `https://evil.example:${host.port}` },
    ],
    ['host without port', { host: 'localhost' }],
    ['host ending in ours', { host: `x.localhost:${host.port}` }],
    ['no header of ours', { 'x-osler': undefined }],
    ['asked for by another site', { 'sec-fetch-site': 'cross-site' }],
    ['asked for by a sibling site', { 'sec-fetch-site': 'same-site' }],
  ]
  for (const [name, change] of forged) {
    const answer = await call(change)
    expect(answer.status, name).toBe(403)
    expect(answer.body, name).not.toContain('maria.keller')
    expect(answer.headers['content-security-policy'], name).toBeDefined()
  }
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    const answer = await call({}, '/api/session.signOut', method)
    expect([400, 403, 404, 405], `${method} signs nobody out`).toContain(answer.status)
  }
  expect((await call({ cookie: undefined })).status, 'no cookie').toBe(401)
  expect((await call({ cookie: `${good.cookie}; ${good.cookie}` })).status, 'the cookie twice').toBe(401)
  expect((await call({}, '/bootstrap/create')).status, 'bootstrap without the token').toBe(403)
  const again = await call({ 'x-osler-token': host.token }, '/bootstrap/unlock')
  expect(again.status, 'the token works once').toBe(403)
  expect((await call({}, '/../../package.json', 'GET')).status).toBe(404)
  expect((await call({}, '/%2e%2e/package.json', 'GET')).status).toBe(404)
  expect((await call({})).status, 'and the session is still alive').toBe(200)
})
