// One owner per folder on every system: abstract names on Linux, socket files on macOS.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LockResult, lockAddress, lockFolder } from './host-lock.ts'

let dir: string
const held: LockResult[] = []

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-lock-'))
})
afterEach(async () => {
  for (const lock of held.splice(0)) if (lock.owned) await lock.release()
  rmSync(lockAddress(dir, 'darwin'), { force: true })
  rmSync(dir, { recursive: true, force: true })
})

async function lock(platform: NodeJS.Platform, folder = dir): Promise<LockResult> {
  const result = await lockFolder(folder, 'cli', platform)
  held.push(result)
  return result
}

/** Another process that tries once, says how it went, and stays until it is killed. */
function otherProcess(platform: NodeJS.Platform) {
  const script = `import { lockFolder } from '#core/host-lock.ts'
    const { owned } = await lockFolder(${JSON.stringify(dir)}, 'ipc', ${JSON.stringify(platform)})
    process.stdout.write(owned ? 'held' : 'refused')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = once(child.stdout, 'data').then(([words]) => String(words))
  return { child, said }
}

async function otherOwner(platform: NodeJS.Platform) {
  const { child, said } = otherProcess(platform)
  expect(await said).toBe('held')
  return child
}

describe.runIf(process.platform === 'linux').each(['linux', 'darwin'] as const)('as on %s', (platform) => {
  test('the first has it, the second learns who, and it is free again after release', async () => {
    const first = await lock(platform)
    expect(first.owned).toBe(true)
    expect(await lock(platform)).toEqual({ owned: false, owner: { pid: process.pid, door: 'cli' } })
    if (first.owned) await first.release()
    expect((await lock(platform)).owned).toBe(true)
  })

  test('another name of the same folder is the same folder', async () => {
    const link = `${dir}-link`
    symlinkSync(dir, link)
    try {
      await lock(platform)
      expect((await lock(platform, link)).owned).toBe(false)
    } finally {
      rmSync(link)
    }
  })

  test('a killed owner holds nothing, and of ten that come then one gets it', async () => {
    const child = await otherOwner(platform)
    expect(await lock(platform)).toEqual({ owned: false, owner: { pid: child.pid, door: 'ipc' } })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const all = await Promise.all(Array.from({ length: 10 }, () => lock(platform)))
    expect(all.filter((result) => result.owned)).toHaveLength(1)
  })

  test('of processes that start at once after a killed one, one gets it', async () => {
    const dead = await otherOwner(platform)
    dead.kill('SIGKILL')
    await once(dead, 'exit')
    const all = Array.from({ length: 4 }, () => otherProcess(platform))
    try {
      const said = await Promise.all(all.map((each) => each.said))
      expect(said.sort()).toEqual(['held', 'refused', 'refused', 'refused'])
    } finally {
      for (const { child } of all) child.kill('SIGKILL')
    }
  })
})

test('a name is short enough for every system and tells nothing of the folder', () => {
  const linux = lockAddress(dir, 'linux')
  expect(linux).toMatch(/^\0osler-[0-9a-f]{32}$/)
  expect(lockAddress(dir, 'win32')).toMatch(/^\\\\\.\\pipe\\osler-[0-9a-f]{32}$/)
  expect(
    Buffer.byteLength(
      path.join(
        '/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T',
        path.basename(lockAddress(dir, 'darwin')),
      ),
    ),
  ).toBeLessThan(104)
  expect(existsSync(lockAddress(dir, 'darwin'))).toBe(false)
})
