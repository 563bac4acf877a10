// The bundled source files of catalogues: found below resources/codesets, unpacked, split into lines or fields.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { csvRecords } from './csv.ts'

export interface SourceFiles {
  text(file: string): string
  /** Without line ends; empty lines are left out. */
  lines(file: string): Iterable<string>
  /** Records of a CSV file by the names in its first line. */
  csv(file: string): Iterable<Readonly<Record<string, string>>>
}

export function sourceFiles(folder: string): SourceFiles {
  const text = (file: string) => {
    const bytes = readFileSync(path.join(folder, file))
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  }
  return {
    text,
    lines: (file) => linesOf(text(file)),
    csv: (file) => csvRecords(text(file)),
  }
}

export function* linesOf(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '')
    if (line !== '') yield line
    if (end < 0) return
    at = end + 1
  }
}

export function digestOfSources(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = readFileSync(path.join(folder, file))
    hash.update(`${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
