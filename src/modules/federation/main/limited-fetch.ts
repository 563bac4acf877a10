// How the sign-in service is asked: over https (or on this computer), without following redirects, with limits on time
// and size, and only JSON with each name once is taken for an answer.
import { Fault, type FaultName } from './fault.ts'
import { hasDuplicateKeys } from './json-keys.ts'
import { isSafeAddress } from './safe-address.ts'

export const answerLimit = 128 * 1024
const patienceMs = 10_000

export interface FetchLimits {
  readonly issuer: string
  /** Milliseconds for one answer. */
  readonly patienceMs?: number
  readonly onAnswer?: (url: string, value: unknown) => void
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/** In the form openid-client wants. Every fault of an answer is thrown as a Fault. */
export function limitedFetch(limits: FetchLimits): (url: string, init: Asked) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    if (!isSafeAddress(url, limits.issuer)) throw new Fault('endpoint-insecure')
    const signal = AbortSignal.timeout(limits.patienceMs ?? patienceMs)
    try {
      const response = await fetch(url, {
        ...(method ? { method } : {}),
        ...(headers ? { headers } : {}),
        ...(body == null ? {} : { body: body as string }),
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal,
      })
      if (response.status >= 300 && response.status < 400) throw new Fault('redirected')
      const text = await limitedText(response)
      if (!response.ok) return new Response(text, response)
      if (!isJson(response.headers.get('content-type'))) throw new Fault('not-json')
      const value = parse(text)
      if (hasDuplicateKeys(text)) throw new Fault('duplicate-keys')
      limits.onAnswer?.(url, value)
      return new Response(text, response)
    } catch (error) {
      throw error instanceof Fault ? error : new Fault(networkFault(error), { cause: error })
    }
  }
}

async function limitedText(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > answerLimit) throw new Fault('too-large')
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.byteLength
    if (size > answerLimit) throw new Fault('too-large')
    pieces.push(piece)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}

const isJson = (type: string | null): boolean =>
  /^application\/(json|jwk-set\+json)\s*(;|$)/i.test(type ?? '')

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Fault('not-json', { cause: error })
  }
}

function networkFault(error: unknown): FaultName {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'too-slow'
  const cause = (error as { cause?: { code?: unknown } }).cause
  const code = typeof cause?.code === 'string' ? cause.code : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host'
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/.test(code)) return 'bad-certificate'
  if (/TIMEOUT/.test(code)) return 'too-slow'
  return 'unreachable'
}
