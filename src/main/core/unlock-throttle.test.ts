// Waiting between wrong tries at a closed clinic when somebody sets the clock.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createUnlockThrottle } from './unlock-throttle.ts'

test('a clock that is set back by years does not keep the clinic shut', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-throttle-'))
  try {
    let now = Date.UTC(2036, 0, 1)
    const throttle = createUnlockThrottle(path.join(dir, 'tries'), () => now)
    for (let n = 0; n < 8; n++) throttle.failed()
    expect(() => throttle.check('window')).toThrow('TOO_MANY_TRIES')
    now = Date.UTC(2026, 0, 1)
    for (let n = 0; n < 15; n++) throttle.check('window')
    now = Date.UTC(2016, 0, 1)
    for (let n = 0; n < 15; n++) throttle.check('window')
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
