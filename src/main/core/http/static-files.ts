// The built renderer, read from one folder. Names outside a narrow alphabet do not exist, so no path can leave it.
import { open, realpath } from 'node:fs/promises'
import path from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  /** Names with a content hash never change. */
  readonly cache: string
}

/** `null` for anything that is not a file of the renderer. */
export async function staticFile(dir: string, urlPath: string): Promise<StaticFile | null> {
  const name = urlPath === '/' ? '/index.html' : urlPath
  if (!/^(\/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+$/.test(name) || name.length > 300) return null
  const type = types[path.extname(name)]
  if (!type) return null
  try {
    const root = await realpath(dir)
    const file = await realpath(path.join(root, name))
    if (!file.startsWith(root + path.sep)) return null
    const handle = await open(file, 'r')
    try {
      if (!(await handle.stat()).isFile()) return null
      const cache = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      return { body: await handle.readFile(), type, cache }
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}
