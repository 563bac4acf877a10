// A real mail server on loopback that keeps what it took: with encryption, sign-in, and manners a test may choose.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { loadCertificate } from '#core/http/certificate.ts'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly raw: string
  readonly encrypted: boolean
}

/** What the server does to the next message; `null`: takes it. */
export type Manner = { readonly code: number } | 'drop' | 'take-and-drop' | 'silent' | null

export interface MailServer extends AsyncDisposable {
  readonly port: number
  readonly mails: TakenMail[]
  /** PEM, to be trusted as an authority of one's own. */
  readonly certificate: string
  readonly connections: () => number
  /** Answer to each recipient and each message; asked anew every time. */
  manner: (to: string) => Manner
  refuseRecipient: (to: string) => number | null
  close(): Promise<void>
}

export interface MailServerOptions {
  readonly tls?: 'starttls' | 'implicit' | 'none'
  readonly user?: string
  readonly password?: string
}

export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-mail-'))
  const tls = await loadCertificate(dir, Date.now())
  rmSync(dir, { recursive: true })
  const mode = options.tls ?? 'starttls'
  const mails: TakenMail[] = []
  let connected = 0
  const refuse = (code: number) => Object.assign(new Error('not now'), { responseCode: code })
  const server = new SMTPServer({
    secure: mode === 'implicit',
    key: tls.key,
    cert: tls.cert,
    disabledCommands: [...(mode === 'none' ? ['STARTTLS'] : []), ...(options.user ? [] : ['AUTH'])],
    logger: false,
    onConnect(_session, done) {
      connected += 1
      done()
    },
    onAuth(auth, _session, done) {
      if (auth.username === options.user && auth.password === options.password) done(null, { user: 'x' })
      else done(refuse(535))
    },
    onRcptTo(address, _session, done) {
      const code = self.refuseRecipient(address.address)
      done(code === null ? null : refuse(code))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map((each) => each.address)
        const manner = self.manner(to[0] ?? '')
        if (manner === 'silent') return
        if (manner === 'drop') {
          dropAll()
          return
        }
        if (manner !== null && manner !== 'take-and-drop') {
          done(refuse(manner.code))
          return
        }
        const raw = Buffer.concat(chunks).toString('utf8')
        const from = mailFrom === false ? '' : mailFrom.address
        mails.push({ from, to, raw, encrypted: session.secure, ...readMail(raw) })
        if (manner === 'take-and-drop') dropAll()
        else done()
      })
    },
  })
  const dropAll = () => {
    for (const connection of server.connections) connection._socket.destroy()
  }
  // Clients that go away in the middle are what these tests are about.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const self: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    certificate: tls.cert.trim(),
    connections: () => connected,
    manner: () => null,
    refuseRecipient: () => null,
    close: () =>
      new Promise((resolve) => {
        dropAll()
        server.close(() => resolve())
      }),
    [Symbol.asyncDispose]: () => self.close(),
  }
  return self
}

function readMail(raw: string): { headers: Record<string, string>; text: string } {
  const cut = raw.indexOf('\r\n\r\n')
  const headers: Record<string, string> = {}
  for (const line of raw
    .slice(0, cut)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim())
  }
  const body = raw.slice(cut + 4)
  const isBase64 = headers['content-transfer-encoding'] === 'base64'
  return { headers, text: isBase64 ? Buffer.from(body, 'base64').toString('utf8') : body }
}

/** RFC 2047: words next to each other are one text. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, value: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(value, 'base64').toString('latin1')
        : value
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/gi, (_m, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
    )
    .replace(/^[\s\S]*$/, (all) =>
      /[\u0080-\u00FF]/.test(all) ? Buffer.from(all, 'latin1').toString('utf8') : all,
    )
}
