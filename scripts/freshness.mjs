// Tells whether out/ was built from the sources as they are now. Plain Node, no dependencies.
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './bootstrap.mjs'

const sources = [
  'src',
  'migrations',
  'sync-relay/src',
  'resources/codesets',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
]
const stamp = path.join(root, 'out/.built')

/** Called by the build when all parts are written, with the time at which it began to read the sources. */
export function markBuilt(startedMs) {
  writeFileSync(stamp, '')
  utimesSync(stamp, startedMs / 1000, startedMs / 1000)
}

export function isBuildFresh() {
  if (!existsSync(stamp) || !existsSync(path.join(root, 'out/renderer/index.html'))) return false
  const builtMs = statSync(stamp).mtimeMs
  return sources.every((place) => newestMs(path.join(root, place)) <= builtMs)
}

/** Folders count too: their time changes when a file in them is removed. */
function newestMs(place) {
  if (!existsSync(place)) return 0
  const stat = statSync(place)
  if (!stat.isDirectory()) return stat.mtimeMs
  let newest = stat.mtimeMs
  for (const entry of readdirSync(place)) newest = Math.max(newest, newestMs(path.join(place, entry)))
  return newest
}
