// A clinic whose organisation signs people in, with a browser that goes where the program sends it.
import type { TestClinic } from './clinic.ts'
import { Refusal } from './client.ts'

export const clientId = 'osler-at-the-clinic'

/** Collects what the program opens, and visits it at once unless told to wait. */
export function testBrowser() {
  const opened: { url: string; allowed: string }[] = []
  let visit: ((url: string) => Promise<void>) | null = null
  return {
    opened,
    goThere: (how: ((url: string) => Promise<void>) | null) => {
      visit = how
    },
    openExternal: async (url: string, allowed: string) => {
      opened.push({ url, allowed })
      // Not waited for: no shell waits for what a person does in the browser.
      void visit?.(url).catch(() => {})
    },
  }
}

export interface ProviderChanges {
  readonly issuer: string
  readonly acrValues?: string[]
  readonly amrValues?: string[]
  readonly algorithms?: ('RS256' | 'ES256' | 'EdDSA')[]
  readonly assumePkce?: boolean
  readonly secret?: string | null
  readonly enabled?: boolean
  readonly clientId?: string
}

export async function saveProvider(kit: TestClinic, changes: ProviderChanges) {
  const admin = kit.as('admin').federation
  const { rev } = await admin.provider({})
  return await admin.saveProvider({
    rev,
    enabled: true,
    name: 'Example Health',
    clientId,
    acrValues: [],
    amrValues: ['mfa'],
    algorithms: ['ES256', 'RS256'],
    assumePkce: false,
    ...changes,
  })
}

export interface Tried {
  readonly ok: boolean
  readonly code: string | null
  readonly details: unknown
  /** The reason in the audit trail; the person does not hear it. */
  readonly reason: string | null
  readonly token: string | null
  readonly value: unknown
}

/** Presses the button and waits, as one window does. */
export async function signInByOrganisation(kit: TestClinic, source = 'window-1'): Promise<Tried> {
  const caller = { ...kit.caller(null), source }
  let token: string | null = null
  const at = { ...caller, setToken: (next: string | null) => void (token = next) }
  const begun = await kit.clinic.dispatch({ procedure: 'federation.beginSignIn', input: {} }, at)
  if (!begun.ok) return refused(kit, begun.error, 'federation.begin')
  const { handle } = begun.value as { handle: string }
  const ended = await kit.clinic.dispatch({ procedure: 'federation.completeSignIn', input: { handle } }, at)
  if (!ended.ok) return refused(kit, ended.error, 'federation.sign-in')
  return { ok: true, code: null, details: null, reason: null, token, value: ended.value }
}

function refused(kit: TestClinic, error: { code: string; details: unknown }, action: string): Tried {
  const entry = kit.auditOf(action).at(-1)
  return {
    ok: false,
    code: error.code,
    details: error.details,
    reason: entry?.outcome === 'ok' ? null : (entry?.detail ?? null),
    token: null,
    value: null,
  }
}

export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return 'ok'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
