// C21: a step at one desk is heard by every other browser within a second, over the real HTTPS door.
import https from 'node:https'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadCertificate } from '#core/http/certificate.ts'
import { startHttps } from '#core/http/https-door.ts'
import { createLogger } from '#core/log/logger.ts'
import { board } from '#modules/board/shared/contract.ts'
import { testFounding, testHost, testPassword } from '#testkit/host.ts'

const token = 'one-time-token-of-the-printed-address'

test('C21: checking a patient in at one browser reaches the board of another within a second', async () => {
  await using kit = testHost()
  const host = await kit.open({ door: 'https' })
  const tls = await loadCertificate(path.join(kit.dir, 'tls'), Date.now())
  const staticDir = path.join(kit.dir, 'renderer')
  mkdirSync(staticDir)
  writeFileSync(path.join(staticDir, 'index.html'), '<!doctype html><title>Osler</title>')
  const door = await startHttps(host, {
    port: 0,
    tls,
    staticDir,
    log: createLogger(2, 'silent'),
    bootstrapToken: token,
  })
  const browser = (): Browser => ({ port: door.port, ca: tls.cert, cookie: '' })
  try {
    await post(browser(), '/bootstrap/create', { input: testFounding }, { 'x-osler-token': token })
    const [desk, other] = [browser(), browser()]
    for (const each of [desk, other]) {
      await call(each, 'session.signIn', { username: 'anna', password: testPassword })
    }
    await call(desk, 'session.switchRole', { role: 'admin' })
    await call(desk, 'scheduling.saveProvider', { id: null, rev: null, name: 'Dr. Weber', colour: 'blue' })
    await call(desk, 'session.switchRole', { role: 'doctor' })
    await call(other, 'session.switchRole', { role: 'doctor' })
    const heard = listen(other)
    await heard.open

    const from = performance.now()
    const walkIn = await call(desk, 'board.registerWalkIn', { person: { name: 'Ana Sol', gender: 'female' } })
    const tables = await heard.next
    const took = performance.now() - from

    expect(board.procedures.today.reads.some((table) => tables.includes(table))).toBe(true)
    expect(tables).toContain('appointment')
    expect(took).toBeLessThan(1_000)
    const day = (await call(other, 'board.today', {})) as {
      cards: { appointmentId: string; stage: string }[]
    }
    expect(day.cards).toMatchObject([{ appointmentId: walkIn.appointmentId, stage: 'waiting' }])
    heard.close()
  } finally {
    await door.close()
  }
})

interface Browser {
  readonly port: number
  readonly ca: string | Buffer
  cookie: string
}

function request(browser: Browser, target: string, method: string, headers: Record<string, string>) {
  return https.request({
    host: '127.0.0.1',
    port: browser.port,
    servername: 'localhost',
    ca: browser.ca,
    path: target,
    method,
    agent: false,
    headers: {
      host: `localhost:${browser.port}`,
      origin: `https://localhost:${browser.port}`,
      'x-osler': '1',
      ...(browser.cookie ? { cookie: browser.cookie } : {}),
      ...headers,
    },
  })
}

function post(
  browser: Browser,
  target: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ ok: boolean; value: Record<string, unknown>; error?: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(browser, target, 'POST', { 'content-type': 'application/json', ...headers })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const [cookie] = response.headers['set-cookie'] ?? []
      if (cookie) browser.cookie = cookie.split(';')[0] ?? ''
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    sent.end(JSON.stringify(body))
  })
}

async function call(browser: Browser, procedure: string, input: unknown): Promise<Record<string, unknown>> {
  const reply = await post(browser, `/api/${procedure}`, { input })
  if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify(reply.error)}`)
  return reply.value
}

/** The event stream of a browser: `next` is the first list of changed tables that comes. */
function listen(browser: Browser) {
  const sent = request(browser, '/api/events', 'GET', {})
  const opened = Promise.withResolvers<void>()
  const first = Promise.withResolvers<string[]>()
  sent.on('response', (response) => {
    opened.resolve()
    response.setEncoding('utf8')
    let text = ''
    response.on('data', (part: string) => {
      text += part
      const list = /^data: (.+)$/m.exec(text)?.[1]
      if (list) first.resolve(JSON.parse(list) as string[])
    })
    response.on('error', () => undefined)
  })
  sent.on('error', opened.reject)
  sent.end()
  return { open: opened.promise, next: first.promise, close: () => sent.destroy() }
}
