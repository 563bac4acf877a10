// Reads a PDF back with poppler, as any viewer would: its text, its pages as grey pictures.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const fontFolder = path.resolve(import.meta.dirname, '../../resources/fonts')

function inFolder<T>(bytes: Uint8Array, run: (dir: string, file: string) => T): T {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-pdf-'))
  try {
    const file = path.join(dir, 'paper.pdf')
    writeFileSync(file, bytes)
    return run(dir, file)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Poppler sets marks of direction around right-to-left text; they are no part of what was written. */
export function pdfText(bytes: Uint8Array, ...options: string[]): string {
  return inFolder(bytes, (_dir, file) =>
    execFileSync('pdftotext', [...options, file, '-'], { encoding: 'utf8' }).replaceAll(
      /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      '',
    ),
  )
}

export interface Grey {
  readonly width: number
  readonly height: number
  /** 0 is black. */
  readonly pixels: Uint8Array
}

export function pdfPicture(bytes: Uint8Array, dpi: number, page = 1): Grey {
  return inFolder(bytes, (dir, file) => {
    const to = path.join(dir, 'page')
    execFileSync('pdftoppm', ['-gray', '-singlefile', '-f', String(page), '-r', String(dpi), file, to])
    return readPgm(readFileSync(`${to}.pgm`))
  })
}

export function pdfInfo(bytes: Uint8Array): Record<string, string> {
  const text = inFolder(bytes, (_dir, file) => execFileSync('pdfinfo', [file], { encoding: 'utf8' }))
  return Object.fromEntries(
    text.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  )
}

export function pdfFonts(bytes: Uint8Array): { name: string; isEmbedded: boolean; isSubset: boolean }[] {
  const text = inFolder(bytes, (_dir, file) => execFileSync('pdffonts', [file], { encoding: 'utf8' }))
  return text
    .split('\n')
    .slice(2)
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...rest] = line.split(/\s+/)
      const flags = rest.filter((word) => word === 'yes' || word === 'no')
      return { name, isEmbedded: flags[0] === 'yes', isSubset: flags[1] === 'yes' }
    })
}

function readPgm(bytes: Buffer): Grey {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))
  if (!head) throw new Error('not a grey picture')
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}
