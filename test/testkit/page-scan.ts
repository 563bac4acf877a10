// Looks into every page of a clinic's files as its key decrypts it: rows, freed pages, full-text index, write-ahead log.
// SQLCipher 4 pages: AES-256-CBC, 80 bytes at the end of which the first 16 are the vector; a raw key is used as it is.
import { createDecipheriv } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestClinic } from './clinic.ts'

const pageBytes = 4096
const reserved = 80

function decrypted(page: Uint8Array, key: Uint8Array, isFirst: boolean): Buffer {
  const end = pageBytes - reserved
  const cipher = createDecipheriv('aes-256-cbc', key, page.subarray(end, end + 16)).setAutoPadding(false)
  const plain = Buffer.concat([cipher.update(page.subarray(isFirst ? 16 : 0, end)), cipher.final()])
  return plain
}

/** The database, and whatever of it stands beside it: what restores kept, files from before a migration or a new key. */
const databasesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^clinic\.db(?:\.(?:before|generation)-\d+)?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))

export function pagesOf(clinic: TestClinic): Buffer[] {
  const pages: Buffer[] = []
  const key = clinic.keys.database
  for (const place of databasesOf(clinic.dir)) {
    const file = readFileSync(place)
    for (let at = 0; at + pageBytes <= file.length; at += pageBytes)
      pages.push(decrypted(file.subarray(at, at + pageBytes), key, at === 0))
  }
  const wal = path.join(clinic.dir, 'clinic.db-wal')
  if (!existsSync(wal)) return pages
  const frames = readFileSync(wal)
  for (let at = 32; at + 24 + pageBytes <= frames.length; at += 24 + pageBytes) {
    const isFirst = frames.readUInt32BE(at) === 1
    pages.push(decrypted(frames.subarray(at + 24, at + 24 + pageBytes), key, isFirst))
  }
  return pages
}

/** Which of the words stand in any page, in UTF-8, whatever the case of their letters, or in any file in clear. */
export function wordsInFiles(clinic: TestClinic, words: readonly string[]): string[] {
  const found = new Set<string>()
  const look = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('latin1').toLowerCase()
    for (const word of words) if (text.includes(word.toLowerCase())) found.add(word)
  }
  for (const page of pagesOf(clinic)) look(page)
  for (const name of readdirSync(clinic.dir, { recursive: true, withFileTypes: true }))
    if (name.isFile()) look(readFileSync(path.join(name.parentPath, name.name)))
  return words.filter((word) => found.has(word))
}
