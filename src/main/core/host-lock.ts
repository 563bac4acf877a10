// One owning process per clinic folder (DB-05): held by a local socket that dies with the process, so a crash
// leaves nothing to clean up. Whoever comes second learns who is first.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { createServer, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Door } from './rpc/context.ts'

export interface FolderOwner {
  readonly pid: number
  readonly door: string
}

export type LockResult =
  | { readonly owned: true; readonly release: () => Promise<void> }
  | { readonly owned: false; readonly owner: FolderOwner | null }

const answerMs = 2000
const longestAnswer = 200

/** Takes the folder, or says who has it. The folder must exist. */
export async function lockFolder(dir: string, door: Door, platform = process.platform): Promise<LockResult> {
  const address = lockAddress(dir, platform)
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(address, { pid: process.pid, door })
    if (server) return { owned: true, release: () => release(server) }
    const owner = await ask(address)
    if (owner !== 'nobody') return { owned: false, owner }
    // Only socket files outlive their process; abstract names and pipes are gone with it.
    if (isFile(address)) await removeStale(address)
  }
  return { owned: false, owner: null }
}

/** Exported for its test: Linux has abstract names, Windows named pipes, macOS socket files. */
export function lockAddress(dir: string, platform: NodeJS.Platform): string {
  const hash = createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)
  if (platform === 'linux') return `\0osler-${hash}`
  if (platform === 'win32') return `\\\\.\\pipe\\osler-${hash}`
  // A socket path may have 103 bytes, so it cannot stand in the folder itself.
  return path.join(tmpdir(), `osler-${hash}.sock`)
}

const isFile = (address: string) => !address.startsWith('\0') && !address.startsWith('\\\\')

function listen(address: string, owner: FolderOwner): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.end(`${JSON.stringify(owner)}\n`)
    })
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(error)
    })
    // The lock alone must not keep a process alive.
    server.listen(address, () => resolve(server.unref()))
  })
}

function ask(address: string): Promise<FolderOwner | null | 'nobody'> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(address)
    const done = (answer: FolderOwner | null | 'nobody') => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(answerMs, () => done(null))
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      if (text.length > longestAnswer) done(null)
    })
    socket.on('end', () => done(parseOwner(text)))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      done(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'nobody' : null)
    })
  })
}

function parseOwner(text: string): FolderOwner | null {
  try {
    const { pid, door } = JSON.parse(text) as { pid?: unknown; door?: unknown }
    return Number.isSafeInteger(pid) && typeof door === 'string'
      ? { pid: Number(pid), door: door.slice(0, 20) }
      : null
  } catch {
    return null
  }
}

const takeoverMs = 10_000

/** Two processes that both find a dead owner must not each remove the other's new socket: a folder is the turnstile. */
async function removeStale(address: string): Promise<void> {
  const turnstile = `${address}.takeover`
  try {
    mkdirSync(turnstile)
  } catch {
    if (Date.now() - (statSync(turnstile, { throwIfNoEntry: false })?.mtimeMs ?? 0) > takeoverMs) {
      rmSync(turnstile, { recursive: true, force: true })
    }
    await new Promise((resolve) => setTimeout(resolve, 50 + (randomBytes(1)[0] ?? 0)))
    return
  }
  try {
    if ((await ask(address)) === 'nobody') rmSync(address, { force: true })
  } finally {
    rmdirSync(turnstile)
  }
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
