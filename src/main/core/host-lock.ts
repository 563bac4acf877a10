// One owning process per clinic folder (DB-05): held by what dies with the process, so that a crash leaves nothing to clean
// up: a local socket, on macOS a locked file. Whoever comes second learns from the socket who is first.
import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { createServer, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { holdFile } from './db/held-file.ts'
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
const lockFileName = 'owner.lock'

/** Takes the folder, or says who has it. The folder must exist. */
export async function lockFolder(dir: string, door: Door, platform = process.platform): Promise<LockResult> {
  const address = lockAddress(dir, platform)
  const self = { pid: process.pid, door }
  if (isFile(address)) return await lockByFile(path.join(dir, lockFileName), address, self)
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(address, self)
    if (server) return { owned: true, release: () => close(server) }
    const owner = await ask(address)
    if (owner !== 'nobody') return { owned: false, owner }
  }
  return { owned: false, owner: null }
}

/**
 * A socket file outlives its process, and no look at it tells a dead owner from one that is just starting. So there a held
 * file decides, and the socket only tells who holds it.
 */
async function lockByFile(file: string, address: string, self: FolderOwner): Promise<LockResult> {
  const held = holdFile(file)
  if (!held) {
    const owner = await ask(address)
    return { owned: false, owner: owner === 'nobody' ? null : owner }
  }
  try {
    rmSync(address, { force: true })
    const server = await listen(address, self)
    return {
      owned: true,
      async release() {
        if (server) await close(server)
        held.release()
      },
    }
  } catch (error) {
    held.release()
    throw error
  }
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
