// Starts the app as somebody who is not root, with Chromium's sandbox on, as every user does. On test machines that run
// everything as root this needs another account and a copy of the display's key that this account may read.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Box } from './box.ts'

/** `nobody` on every Linux. */
const nobody = 65_534
const isRoot = process.getuid?.() === 0
const asNobody = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups']

/** Why it cannot be done here, or `null`. */
export function whyNotAsUser(): string | null {
  if (process.platform !== 'linux') return 'other systems have no root to begin with'
  const [command, ...before] = isRoot ? ['setpriv', ...asNobody] : ['env']
  const tried = spawnSync(command ?? '', [...before, 'unshare', '--user', 'true'], { encoding: 'utf8' })
  if (tried.status === 0) return null
  return `user namespaces are not available here: ${(tried.stderr || tried.error?.message || '').trim()}`
}

/** A program that starts Electron as an ordinary user; `undefined` where we are one already. */
export function launcherAsUser(box: Box): string | undefined {
  if (!isRoot) return undefined
  const key = process.env.XAUTHORITY
  if (key && existsSync(key)) {
    box.env.XAUTHORITY = path.join(box.root, 'xauthority')
    copyFileSync(key, box.env.XAUTHORITY)
  }
  for (const name of ['.', ...readdirSync(box.root)]) chownSync(path.join(box.root, name), nobody, nobody)
  const launcher = path.join(box.root, 'as-user.sh')
  const electron = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron')
  writeFileSync(launcher, `#!/bin/sh\nexec setpriv ${asNobody.join(' ')} "${electron}" "$@"\n`)
  chmodSync(launcher, 0o755)
  return launcher
}
