// One conversation with a mail server: encrypted and checked, patient but not for ever, and exact about one question:
// can the message have been taken? Only what the server itself refused counts as not taken.
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopbackHost } from '../shared/address.ts'
import type { MailProblem } from '../shared/contract.ts'
import { oneLine } from '../shared/template.ts'

export interface SmtpAccount {
  readonly host: string
  readonly port: number
  readonly tls: 'starttls' | 'implicit' | 'none'
  readonly caPem: string | null
  readonly userName: string | null
  readonly password: string | null
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string | null
}

export interface OutgoingMail {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly language: string
  readonly messageId: string
  readonly at: Date
}

/** Not sent, and why; `later` says that trying again makes sense. */
export class MailFailure extends Error {
  readonly problem: MailProblem
  readonly replyCode: number | null
  constructor(problem: MailProblem, replyCode: number | null) {
    super(problem)
    this.name = 'MailFailure'
    this.problem = problem
    this.replyCode = replyCode
  }
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly replyCode: number | null }
  | { readonly kind: 'refused' | 'later'; readonly replyCode: number | null }
  /** The server may have it: sending it again could be a double. */
  | { readonly kind: 'unclear' }

export interface MailSession {
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** False after a failure that ended the connection. */
  isAlive(): boolean
  close(): void
}

export interface Timeouts {
  readonly connectMs: number
  readonly answerMs: number
}
const patience: Timeouts = { connectMs: 15_000, answerMs: 60_000 }

interface SmtpError {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly originalCode?: string
}

/** How long a conversation may go on once the clinic is being closed. */
const closingMs = 2_000

export interface SessionOptions {
  readonly timeouts?: Timeouts
  /** Ends the conversation soon after it fires; a message under way is then unclear, not waited for. */
  readonly signal?: AbortSignal
}

/** @throws MailFailure when there is no connection or no login. */
export async function openMailSession(
  account: SmtpAccount,
  { timeouts = patience, signal }: SessionOptions = {},
): Promise<MailSession> {
  if (account.tls === 'none' && !isLoopbackHost(account.host)) throw new MailFailure('not-encrypted', null)
  const connection = new SMTPConnection({
    host: account.host,
    port: account.port,
    secure: account.tls === 'implicit',
    requireTLS: account.tls === 'starttls',
    ignoreTLS: account.tls === 'none',
    opportunisticTLS: false,
    name: 'osler.localhost',
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    socketTimeout: timeouts.answerMs,
    logger: false,
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(account.caPem === null ? {} : { ca: account.caPem }),
    },
  })
  let alive = true
  const lost: ((error: unknown) => void)[] = []
  // Errors come as events too; what waits for an answer is told first.
  connection.on('error', (error: unknown) => {
    alive = false
    for (const tell of lost.splice(0)) tell(error)
  })
  connection.on('end', () => {
    alive = false
    for (const tell of lost.splice(0)) tell({ code: 'ECONNECTION' })
  })
  const breakOff = () => {
    setTimeout(() => {
      if (alive) connection.close()
    }, closingMs).unref()
  }
  signal?.addEventListener('abort', breakOff, { once: true })
  const step = (run: (done: (error?: unknown) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject(failureOf(error, account))
      lost.push(fail)
      run((error) => {
        const at = lost.indexOf(fail)
        if (at !== -1) lost.splice(at, 1)
        if (error) fail(error)
        else resolve()
      })
    })
  try {
    await step((done) => connection.connect(done))
    if (account.userName !== null) {
      const credentials = { user: account.userName, pass: account.password ?? '' }
      await step((done) => connection.login({ credentials }, done))
    }
  } catch (error) {
    signal?.removeEventListener('abort', breakOff)
    connection.close()
    throw error
  }
  return {
    isAlive: () => alive,
    close: () => {
      signal?.removeEventListener('abort', breakOff)
      lost.length = 0
      if (alive) connection.quit()
      alive = false
    },
    send: (mail) =>
      new Promise((resolve) => {
        let begun = false
        const fail = (error: unknown) => resolve(outcomeOf(error as SmtpError, begun))
        lost.push(fail)
        void compose(account, mail).then((bytes) => {
          const content = contentOf(bytes, () => {
            begun = true
          })
          const envelope = { from: account.fromAddress, to: [mail.to.address], size: bytes.length }
          connection.send(envelope, content, (error, info) => {
            const at = lost.indexOf(fail)
            if (at !== -1) lost.splice(at, 1)
            if (error) fail(error)
            else resolve({ kind: 'sent', replyCode: Number(/^\d{3}/.exec(info.response)?.[0] ?? 250) })
          })
        }, fail)
      }),
  }
}

/** The server asks for the content once it has taken sender and recipient; from the first byte on it may keep it. */
function contentOf(bytes: Uint8Array, onBegin: () => void): Readable {
  return new Readable({
    read() {
      onBegin()
      this.push(bytes)
      this.push(null)
    },
  })
}

function outcomeOf(error: SmtpError, begun: boolean): SendOutcome {
  const reply = error.responseCode ?? null
  if (reply !== null && reply >= 500) return { kind: 'refused', replyCode: reply }
  if (reply !== null && reply >= 400) return { kind: 'later', replyCode: reply }
  if (begun) return { kind: 'unclear' }
  // The library refuses such a message itself; another try would end the same.
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return { kind: 'refused', replyCode: null }
  return { kind: 'later', replyCode: null }
}

function failureOf(error: unknown, account: SmtpAccount): MailFailure {
  const { code, command, responseCode, originalCode } = error as SmtpError
  const reply = responseCode ?? null
  const problem = ((): MailProblem => {
    const text = error instanceof Error ? error.message : ''
    if (code === 'EDNS' || originalCode === 'ENOTFOUND') return 'unknown-host'
    if (isCertificateCode(originalCode) || /certificate|altnames|self.signed/i.test(text))
      return 'bad-certificate'
    if (code === 'EAUTH') return reply !== null && reply < 500 ? 'later' : 'wrong-login'
    if (code === 'ETIMEDOUT') return 'too-slow'
    if (code === 'ETLS' || (account.tls === 'starttls' && command === 'STARTTLS')) return 'not-encrypted'
    if (account.tls === 'implicit' && /wrong version number|ssl/i.test(text)) return 'not-encrypted'
    if (reply !== null) return reply >= 500 ? 'refused' : 'later'
    if (originalCode === 'ECONNRESET' || code === 'ECONNECTION') return 'connection-lost'
    return 'unreachable'
  })()
  return new MailFailure(problem, reply)
}

const isCertificateCode = (code: string | undefined): boolean =>
  code !== undefined && /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/.test(code)

function compose(account: SmtpAccount, mail: OutgoingMail): Promise<Buffer> {
  const message = new MailComposer({
    from: { name: oneLine(account.fromName), address: account.fromAddress },
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    ...(account.replyTo === null ? {} : { replyTo: account.replyTo }),
    subject: oneLine(mail.subject, 400),
    text: mail.text,
    date: mail.at,
    messageId: mail.messageId,
    // RFC 3834: out-of-office programs do not answer, and do not learn about a visit.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    textEncoding: 'base64',
    xMailer: false,
  }).compile()
  return new Promise((resolve, reject) => {
    message.build((error, bytes) => (error ? reject(error) : resolve(bytes)))
  })
}
