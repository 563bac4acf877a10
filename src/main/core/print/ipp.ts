// One question to the CUPS scheduler in its own protocol (IPP 1.1, RFC 8011): how does this job stand?
import { request } from 'node:http'
import type { SystemJobState } from './print-port.ts'

const getJobAttributes = 0x0009
const patienceMs = 10_000
/** RFC 8011, 5.3.7. */
const states: Readonly<Record<number, SystemJobState>> = {
  3: 'waiting',
  4: 'waiting',
  5: 'printing',
  6: 'waiting',
  7: 'cancelled',
  8: 'failed',
  9: 'done',
}

/** `undefined` where the scheduler does not answer or does not know the job. */
export async function askJobState(job: number): Promise<SystemJobState | undefined> {
  try {
    const answer = await post(encodeQuestion(job))
    const state = enumNamed(answer, 'job-state')
    return state === undefined ? undefined : states[state]
  } catch {
    return undefined
  }
}

export function encodeQuestion(job: number): Buffer {
  const attribute = (tag: number, name: string, value: string) => {
    const [n, v] = [Buffer.from(name), Buffer.from(value)]
    return Buffer.concat([Buffer.from([tag]), length(n), n, length(v), v])
  }
  const length = (bytes: Buffer) => Buffer.from([bytes.length >> 8, bytes.length & 0xff])
  return Buffer.concat([
    Buffer.from([1, 1, 0, getJobAttributes, 0, 0, 0, 1, 0x01]),
    attribute(0x47, 'attributes-charset', 'utf-8'),
    attribute(0x48, 'attributes-natural-language', 'en'),
    attribute(0x45, 'job-uri', `ipp://localhost/jobs/${job}`),
    attribute(0x44, 'requested-attributes', 'job-state'),
    Buffer.from([0x03]),
  ])
}

/** Value of the first enum attribute of that name; `undefined` when the answer is no success or lacks it. */
export function enumNamed(answer: Buffer, name: string): number | undefined {
  if (answer.length < 9 || answer.readUInt16BE(2) >= 0x0100) return undefined
  let at = 8
  while (at < answer.length) {
    const tag = answer[at] ?? 3
    at += 1
    if (tag < 0x10) continue
    if (at + 2 > answer.length) return undefined
    const nameLength = answer.readUInt16BE(at)
    const found = answer.toString('utf8', at + 2, at + 2 + nameLength)
    at += 2 + nameLength
    if (at + 2 > answer.length) return undefined
    const valueLength = answer.readUInt16BE(at)
    if (tag === 0x23 && found === name && valueLength === 4 && at + 6 <= answer.length)
      return answer.readInt32BE(at + 2)
    at += 2 + valueLength
  }
  return undefined
}

function post(body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...schedulerAddress(),
        method: 'POST',
        path: '/jobs/',
        timeout: patienceMs,
        headers: { host: 'localhost', 'content-type': 'application/ipp', 'content-length': body.length },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve(Buffer.concat(parts)))
        response.on('error', reject)
      },
    )
    asked.on('timeout', () => asked.destroy(new Error('the print scheduler does not answer')))
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Where `lp` finds it too: CUPS_SERVER, else the system's socket. */
function schedulerAddress(): { socketPath: string } | { host: string; port: number } {
  const named = process.env.CUPS_SERVER
  if (named?.startsWith('/')) return { socketPath: named }
  if (named) {
    const [host = 'localhost', port = '631'] = named.split('/')[0]?.split(':') ?? []
    return { host, port: Number(port) }
  }
  return { socketPath: process.platform === 'darwin' ? '/private/var/run/cupsd' : '/run/cups/cups.sock' }
}
