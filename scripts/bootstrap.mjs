// Makes a clone runnable: packages as locked, and Node 24. Plain Node 20 with no dependencies, since it runs
// before anything is installed. Everything it says goes to standard error. System packages: debian.mjs.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureSystemPackages } from './debian.mjs'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const neededNode = 24

/**
 * Ends the script with a plain message instead of a stack trace.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

export function say(message) {
  process.stderr.write(`[osler] ${message}\n`)
}

/**
 * Installs what is missing and returns the tools of this clone.
 * @param {{ system?: ('window' | 'tests')[] }} needs groups of system packages (Debian and Ubuntu only)
 */
export function bootstrap({ system = [] } = {}) {
  process.chdir(root)
  installPackages()
  const node = findNode()
  ensureSystemPackages(system)
  return { root, node, env: childEnv(node) }
}

function installPackages() {
  const stampFile = path.join(root, 'node_modules/.osler-install')
  const stamp = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(readFileSync(path.join(root, '.npmrc')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  if (!installedMatchesLock()) {
    say('installing packages as locked (npm ci); this takes a minute or two …')
    const npm = npmCommand()
    const done = spawnSync(npm.command, [...npm.args, 'ci', '--no-progress', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: npm.shell,
    })
    if (done.status !== 0) fail('npm ci failed; nothing was started. See the messages above.')
  }
  writeFileSync(stampFile, stamp)
}

/** True after a plain `npm install` too: npm keeps its own account of the tree, written last. */
function installedMatchesLock() {
  const account = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(account)) return false
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(account, 'utf8')).packages
  return Object.entries(wanted).every(([place, entry]) => {
    if (!place.includes('node_modules/') || entry.link) return true
    const found = present[place]
    // Packages for other platforms are in the lock but not in the tree.
    if (!found) return Boolean(entry.optional)
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

function npmCommand() {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return { command: process.execPath, args: [script], shell: false }
  return process.platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false }
}

function findNode() {
  const pinned = path.join(root, 'node_modules/.bin/node')
  for (const candidate of [pinned, process.execPath]) {
    if (majorOf(candidate) >= neededNode) return candidate
  }
  return fail(
    `Osler needs Node ${neededNode} or newer, this is ${process.version}.\n` +
      'On Linux the right one comes with the packages; on other systems install it from nodejs.org and try again.',
  )
}

function majorOf(node) {
  if (node === process.execPath) return Number(process.versions.node.split('.')[0])
  if (!existsSync(node)) return 0
  const told = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return told.status === 0 ? Number(/^v(\d+)\./.exec(told.stdout)?.[1] ?? 0) : 0
}

/** Children find the right Node and the locked tools first. */
function childEnv(node) {
  const env = { ...process.env }
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const first = [path.join(root, 'node_modules/.bin'), path.dirname(node)]
  const rest = (env[key] ?? '').split(path.delimiter).filter((folder) => !first.includes(folder))
  env[key] = [...new Set([...first, ...rest])].join(path.delimiter)
  return env
}

/** Entry scripts of the tools, so that each certainly runs on Node 24 and no shell is needed. */
const toolScripts = {
  biome: '@biomejs/biome/bin/biome',
  'electron-builder': 'electron-builder/cli.js',
  oxlint: 'oxlint/bin/oxlint',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
}

/** Arguments for Node that start a tool by name; `node` itself means a script given in `args`. */
export function toolArgs(tool, args) {
  if (tool === 'node') return args
  const script = toolScripts[tool]
  if (!script) return fail(`no such tool: ${tool} (known: node, ${Object.keys(toolScripts).join(', ')})`)
  return [path.join(root, 'node_modules', script), ...args]
}

/** Runs a child in the foreground and resolves to the exit code this process should have. */
export function runForeground(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    // A terminal sends Ctrl+C to the whole group by itself; passing it on would make it count twice.
    const pass = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    child.on('error', (error) => fail(`cannot run ${command}: ${error.message}`))
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass)
      resolve(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1))
    })
  })
}
