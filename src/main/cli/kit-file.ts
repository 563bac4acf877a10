// The recovery kit on the command line: read from a file or standard input, written into a new file. Its letters are never
// an argument: those stand in the process list, where others can read them.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ClinicHost } from '#core/host.ts'
import { kitLetters, normalizeKit } from '#core/keys/kit.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import { cliCaller, valueOf } from './open-clinic.ts'
import { progress, readInput } from './terminal.ts'
import { CliError } from './usage.ts'

/** No kit is longer; another file is not read into memory for one. */
const mostBytes = 10_000

/** `-` is standard input. */
export async function readKit(place: string): Promise<string> {
  if (place === '-') {
    const text = kitIn(await readInput())
    if (text === '') throw new CliError('there is no recovery kit on standard input')
    return text
  }
  const stats = statSync(path.resolve(place), { throwIfNoEntry: false })
  if (!stats && normalizeKit(place).length === kitLetters)
    throw new CliError(
      'the letters of a kit do not belong on the command line, where others can read them: ' +
        'put them into a file, or pipe them in with --kit - (and make a new kit, others may have seen this one)',
    )
  if (!stats?.isFile()) throw new CliError(`there is no recovery kit ${place}`)
  if (stats.size > mostBytes) throw new CliError(`${place} is too large for a recovery kit`)
  return kitIn(readFileSync(path.resolve(place), 'utf8'))
}

/** As `writeNewKit` writes it: a line that says what it is, then the kit. */
const kitIn = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** Before anything is made: a file that is there may be somebody's only kit. */
export function refuseTaken(file: string): void {
  if (existsSync(file)) throw new CliError(`${file} is there already; it is not written over`)
}

/** The kit that waits goes into a file for this user alone, and counts once it is safely there. Returns its id. */
export async function writeNewKit(host: ClinicHost, file: string): Promise<string> {
  const sheet = valueOf(await host.bootstrap('kitSheet', {}, cliCaller())) as KitSheet
  const text = `Osler recovery kit ${sheet.id}, ${sheet.madeAt}\n${sheet.groups.join('-')}\n`
  writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true })
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  valueOf(await host.bootstrap('confirmKit', { typed }, cliCaller()))
  progress(`The recovery kit is in ${file}. Print it, keep two copies in two buildings, and delete the file.`)
  return sheet.id
}
