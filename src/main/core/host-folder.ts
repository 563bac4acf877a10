// Takes the folder for this process: where it may lie, whose it is, and what it tells unopened.
import { mkdirSync } from 'node:fs'
import { finishSwap } from './backup/swap.ts'
import { placeProblem } from './folder-place.ts'
import { type FolderOwner, lockFolder } from './host-lock.ts'
import { lookAt } from './host-problems.ts'
import type { HostState } from './host-state.ts'

/** Also tried again later: the other process may have ended meanwhile. */
export async function takeFolder(host: HostState): Promise<void> {
  if (host.owner === 'this process' || host.isClosed) return
  const place = (host.options.placeProblem ?? placeProblem)(host.dir)
  if (place) {
    host.problem = { name: place, value: null }
    return
  }
  mkdirSync(host.dir, { recursive: true, mode: 0o700 })
  host.owner = await lockDir(host, host.dir)
  if (host.owner !== 'this process') {
    host.problem = { name: 'owned-by-other-process', value: host.owner.pid }
    return
  }
  // A restore that was cut short is finished, or cleared away, before anything is looked at.
  if (finishSwap(host.dir)) host.options.log.warn('a restore that was cut short has been finished')
  const look = await lookAt(host.real.folder, host.real.secrets)
  host.problem = look.problem
  host.passwordOnly = look.passwordOnly
  host.kitId = look.kitId
}

export async function lockDir(host: HostState, dir: string): Promise<FolderOwner | 'this process'> {
  if (host.held.has(dir)) return 'this process'
  const lock = await lockFolder(dir, host.options.door)
  if (!lock.owned) return lock.owner ?? { pid: 0, door: 'unknown' }
  host.held.set(dir, lock.release)
  return 'this process'
}
