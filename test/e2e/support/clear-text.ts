// Searches every byte the product left on a disk for words that must never stand there in clear (DB-02).
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

/** `file: word` for each word found in a file below `folder`, in its name, as UTF-8 or as UTF-16LE. */
export function wordsInClear(folder: string, words: readonly string[]): string[] {
  const needles = words.flatMap((word) => [
    { word, bytes: Buffer.from(word, 'utf8') },
    { word, bytes: Buffer.from(word, 'utf16le') },
  ])
  const found = new Set<string>()
  for (const name of filesBelow(folder)) {
    for (const word of words) if (name.includes(word)) found.add(`${name}: ${word} (in its name)`)
    for (const content of contentsOf(path.join(folder, name))) {
      for (const { word, bytes } of needles) if (content.includes(bytes)) found.add(`${name}: ${word}`)
    }
  }
  return [...found]
}

/** Relative paths of regular files. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile(),
  )
}

/** As it lies there, and unpacked where it is gzipped. A file that went away meanwhile has nothing to show. */
function contentsOf(file: string): Buffer[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    return []
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return [bytes]
  try {
    return [bytes, gunzipSync(bytes)]
  } catch {
    return [bytes]
  }
}
