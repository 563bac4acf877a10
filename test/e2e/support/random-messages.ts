// Ten thousand messages nobody meant, sent from inside a window over one channel of the bridge. Runs in the page, so it is
// one function that needs nothing from outside; the same seed sends the same messages.

export interface Sending {
  readonly channel: 'call' | 'bootstrap' | 'copied'
  readonly count: number
  readonly seed: number
  /** Names that exist, so that most messages get past the first look. */
  readonly names: readonly string[]
}

export interface Answers {
  /** How often which answer came: an error's code, or `ok`. */
  readonly codes: Record<string, number>
  /** Names of what was answered with `ok`. */
  readonly done: string[]
  /** Answers that are none: the other side threw, or said something else. */
  readonly strange: string[]
}

export async function sendRandomMessages({ channel, count, seed, names }: Sending): Promise<Answers> {
  // mulberry32
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const texts = [
    '',
    'a',
    '0',
    '-1',
    '../../etc/passwd',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\u202Etxt',
    '\uD800',
    'x'.repeat(5_000),
    '0199d5a0-0000-7000-8000-000000000000',
    '2026-02-30',
    'admin',
  ]
  const keys = [
    'id',
    'patientId',
    'username',
    'password',
    'name',
    'role',
    'rev',
    'code',
    'reason',
    'limit',
    'place',
    'digest',
    '__proto__',
    'constructor',
    'then',
  ]
  const deep = () => {
    let nested: unknown = 1
    for (let n = 0; n < 200; n++) nested = n % 2 ? [nested] : { nested }
    return nested
  }
  const plain: readonly (() => unknown)[] = [
    () => null,
    () => undefined,
    () => random() < 0.5,
    () => Math.floor(random() * 1000),
    () => pick([NaN, Infinity, -0, 1e308, Number.MAX_SAFE_INTEGER + 2]),
    () => 12n,
    () => pick(texts),
    () => new Date(Number.NaN),
    () => new Map([['a', 1]]),
    () => new Uint8Array(16),
    () => new Error('no'),
    () => [],
    deep,
  ]
  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.4) return pick(plain)()
    if (random() < 0.3) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1))
    return object(depth - 1)
  }
  const object = (depth: number): Record<string, unknown> => {
    const made = Object.create(null) as Record<string, unknown>
    for (let n = Math.floor(random() * 4); n > 0; n--) made[pick(keys)] = value(depth)
    return made
  }
  const name = () => (random() < 0.9 ? pick(names) : pick(texts))
  const request = (): unknown => {
    if (random() < 0.1) return value(3)
    return {
      procedure: random() < 0.95 ? name() : value(1),
      input: value(3),
      ...(random() < 0.2 ? { opId: value(1) } : {}),
      ...(random() < 0.2 ? { background: value(1) } : {}),
    }
  }

  const bridge = window.osler as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
  const codes: Record<string, number> = {}
  const done = new Set<string>()
  const strange = new Set<string>()
  const sendOne = async () => {
    const asked = channel === 'call' ? [request()] : [name(), value(3)]
    const [first] = asked
    const called =
      channel === 'call' ? (first as { procedure?: unknown } | null | undefined)?.procedure : first
    let answer: unknown
    try {
      answer = await bridge[channel]?.(...asked)
    } catch (error) {
      strange.add(`${String(called).slice(0, 60)}: ${String(error).slice(0, 300)}`)
      return
    }
    if (channel === 'copied') {
      if (answer !== undefined) strange.add(JSON.stringify(answer))
      codes.none = (codes.none ?? 0) + 1
      return
    }
    const reply = answer as { ok?: unknown; error?: { code?: unknown } } | null
    const code = reply?.ok === true ? 'ok' : reply?.ok === false ? String(reply.error?.code) : undefined
    if (code === undefined) strange.add(`${String(called)}: ${JSON.stringify(answer)}`)
    else codes[code] = (codes[code] ?? 0) + 1
    if (code === 'ok') done.add(String(called))
  }
  for (let sent = 0; sent < count; sent += 100)
    await Promise.all(Array.from({ length: Math.min(100, count - sent) }, sendOne))
  return { codes, done: [...done].sort(), strange: [...strange] }
}
