// Device secrets in a real Secret Service (gnome-keyring on a private session bus), and a clinic that moves away from it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const home = mkdtempSync(path.join(tmpdir(), 'osler-keychain-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0
const canRun =
  process.platform === 'linux' && ['dbus-run-session', 'gnome-keyring-daemon', 'dbus-send'].every(has)

const env = {
  PATH: process.env.PATH,
  HOME: home,
  XDG_RUNTIME_DIR: home,
  LANG: 'C.UTF-8',
  NODE: process.execPath,
}
const unlockedKeyring =
  'eval "$(printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"'
const lockKeyring =
  'dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets ' +
  'org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null'

function inSession(...commands: string[]): string {
  const script = commands.join('\n')
  const done = spawnSync('dbus-run-session', ['--', 'sh', '-c', script], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 100_000,
  })
  return done.stdout
}

/** Runs statements with `store` at hand and prints one JSON line. */
const node = (body: string) =>
  `"$NODE" --input-type=module -e '${`import { openDeviceSecrets } from "#core/keys/keyring-store.ts"
const store = await openDeviceSecrets()
const problem = (work) => work.then(() => "none", (error) => error.problem ?? error.name)
const secret = new Uint8Array(32).fill(7)
const out = {}
${body}
process.stdout.write(JSON.stringify({ backend: store.backend, refused: store.refused, ...out }) + "\\n")
process.exit(0)`}'`

const lastJson = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '') as Record<string, unknown>

describe.skipIf(!canRun)('a real Secret Service', () => {
  test('keeps a secret, gives it back to another process, and forgets it when told', () => {
    const out = inSession(
      unlockedKeyring,
      node('out.can = await store.canKeep(); await store.write("c1", secret)'),
      node(
        'out.back = Buffer.from((await store.read("c1")) ?? []).equals(secret); out.other = await store.read("c2"); await store.remove("c1"); out.gone = await store.read("c1")',
      ),
    )
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(first).toEqual({ backend: 'secret-service', can: true })
    expect(second).toEqual({ backend: 'secret-service', back: true, other: null, gone: null })
  })

  test('an entry that is not ours is named so', () => {
    const out = inSession(
      unlockedKeyring,
      node(
        'const { AsyncEntry } = await import("@napi-rs/keyring"); await new AsyncEntry("Osler", "device-secret:c1", { linux: { store: "secret-service" } }).setPassword("rubbish"); out.problem = await problem(store.read("c1"))',
      ),
    )
    expect(lastJson(out)).toEqual({ backend: 'secret-service', problem: 'damaged' })
  })

  test('a locked one is named so, and takes no new secret', () => {
    const out = inSession(
      unlockedKeyring,
      node('await store.write("c1", secret)'),
      lockKeyring,
      node('out.problem = await problem(store.read("c1")); out.can = await store.canKeep()'),
    )
    expect(lastJson(out)).toEqual({ backend: 'secret-service', problem: 'locked', can: false })
  })

  test('a bus without one, and no bus at all, count as no keychain: never the kernel’s keyring', () => {
    expect(lastJson(inSession(node('out.can = await store.canKeep()')))).toMatchObject({ can: false })
    const noBus = spawnSync('sh', ['-c', node('out.can = await store.canKeep()')], {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    expect(lastJson(noBus.stdout)).toEqual({ backend: 'none', refused: 'keyutils', can: false })
  })

  test('a clinic made with it opens with it, and elsewhere says what is missing and touches nothing', () => {
    const dir = path.join(home, 'clinic')
    const password = 'OSLER_PASSWORD="kettle whistle orbit"'
    const cli = `${password} "$NODE" src/main/cli/index.ts`
    const call = `echo '{}' | ${cli} call --dir ${dir} --as anna session.me`
    const out = inSession(unlockedKeyring, `${cli} create --dir ${dir} --name Praxis --admin anna`, call)
    expect(out).toContain('"passwordOnly":false,"warnings":["kit-pending"]')
    expect(lastJson(out)).toMatchObject({ username: 'anna' })
    const before = readFileSync(path.join(dir, 'keys.json'))
    expect(before.toString()).toContain('"backend": "secret-service"')

    const elsewhere = spawnSync('sh', ['-c', call], { cwd: root, env, encoding: 'utf8' })
    expect(elsewhere.status).toBe(1)
    expect(lastJson(elsewhere.stdout)).toMatchObject({
      error: { code: 'UNAVAILABLE', details: { problem: 'keychain-changed', reason: 'forgetful' } },
    })
    // Another session's keychain of the same kind, without our entry.
    const otherSession = inSession(`export HOME=$(mktemp -d -p ${home})`, unlockedKeyring, call)
    expect(lastJson(otherSession)).toMatchObject({ error: { details: { reason: 'missing' } } })
    expect(readFileSync(path.join(dir, 'keys.json'))).toEqual(before)
  })

  test('KEY-03: the real keychain locked, its entry changed, its entry wiped: each is named, and no file of the clinic changes', () => {
    const dir = path.join(home, 'clinic-3')
    const cli = 'OSLER_PASSWORD="kettle whistle orbit" "$NODE" src/main/cli/index.ts'
    const call = `echo '{}' | ${cli} call --dir ${dir} --as anna session.me`
    const sums = `(cd ${dir} && sha256sum clinic.db keys.json watermark | sha256sum | cut -c1-64)`
    const entry = (text: string) =>
      node(
        `const { AsyncEntry } = await import("@napi-rs/keyring"); const { readFileSync } = await import("node:fs"); const id = JSON.parse(readFileSync("${dir}/keys.json", "utf8")).body.clinicId; const entry = new AsyncEntry("Osler", "device-secret:" + id, { linux: { store: "secret-service" } }); ${text}`,
      )
    const out = inSession(
      `export HOME=$(mktemp -d -p ${home})`,
      unlockedKeyring,
      `${cli} create --dir ${dir} --name Praxis --admin anna >/dev/null`,
      call,
      sums,
      entry(
        'await entry.setPassword("osler1:" + Buffer.alloc(32, 9).toString("base64url")); out.changed = true',
      ),
      call,
      sums,
      entry('await entry.deletePassword(); out.wiped = true'),
      call,
      sums,
      // Something has to be there for a lock to stand before it.
      entry('await entry.setPassword("osler1:x"); out.back = true'),
      lockKeyring,
      call,
      sums,
    )
    const lines = out.trim().split('\n')
    const reasons = lines.flatMap((line) => /"reason":"([a-z-]+)"/.exec(line)?.[1] ?? [])
    expect(reasons).toEqual(['other-secret', 'missing', 'locked'])
    const hashes = lines.filter((line) => /^[0-9a-f]{64}$/.test(line))
    expect(hashes).toHaveLength(4)
    expect(new Set(hashes).size).toBe(1)
  })
})
