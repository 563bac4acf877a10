// What can be typed, and the plain words when it was typed wrong.
import { parseArgs } from 'node:util'

/** A mistake of the person at the keyboard, or a refusal they must read: printed as it stands, exit 1. */
export class CliError extends Error {
  /** Goes to standard output as JSON, where a script reads it. */
  readonly json: unknown
  constructor(message: string, json?: unknown) {
    super(message)
    this.name = 'CliError'
    this.json = json
  }
}

export const usage = `Usage: npm run --silent clinic -- COMMAND

  create --dir DIR --name NAME --admin USER [--admin-name "FULL NAME"] [--doctor]
         [--kit FILE] [--country DE] [--time-zone Europe/Berlin] [--currency EUR] [--locale de]
         Make a clinic. USER becomes its first admin; with --doctor also a doctor.
         The recovery kit goes into FILE; without --kit there is none yet.
  import --dir DIR --as USER PATH...
         Import FHIR R4 files, folders and NDJSON.
  call --dir DIR --as USER [--role ROLE] MODULE.PROCEDURE
         Call one procedure; its input is JSON on standard input.
  procedures
         List every procedure with permission, audit action and JSON Schemas.
  verify --dir DIR [--as USER]
         Check audit chain, commits, watermark and database.
  backup --dir DIR --as USER
         Make a backup now, to every target.
  backups --dir DIR --as USER
         State of targets, backups and test restores.
  restore --dir DIR --file FILE --kit FILE
         Restore a backup with the recovery kit, into an empty folder or over a clinic that does not open.
  unlock --dir DIR --as USER --kit FILE --new-kit FILE
         Open a clinic with the recovery kit where no password does. The kit is used up: a new one goes into the
         second file, and USER signs in.
  verify-export FILE
         Check an export of the audit log: its signature, and that no entry was changed. Needs no clinic.
  set-password --dir DIR --as USER --code CODE
         Set a password with a one-time code.
  serve --dir DIR [--port PORT]
         Serve the clinic to a browser on https://localhost.
  start [--dir DIR] [--port PORT]
         The same for this computer's own clinic folder (OSLER_HOME, or the user's data folder).

Passwords come from OSLER_PASSWORD or are asked for. Where USER cannot open the clinic on this computer,
OSLER_UNLOCK_USER and OSLER_UNLOCK_PASSWORD open it first. The answer is one line of JSON on standard output,
progress goes to standard error, and the exit code is 0 or 1.
A kit is read from a file, or from standard input with --kit -; never from the command line itself.
`

type Options = Readonly<Record<string, 'string' | 'boolean'>>
type Values<O extends Options> = { readonly [K in keyof O]?: O[K] extends 'string' ? string : boolean }

export function parse<const O extends Options>(
  args: readonly string[],
  options: O,
  needed: readonly (keyof O & string)[] = [],
): { values: Values<O>; rest: string[] } {
  const config = Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }]))
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new CliError(`${error instanceof Error ? error.message : 'bad arguments'}\n\n${usage}`)
  }
  for (const name of needed) {
    if (!parsed.values[name]) throw new CliError(`--${name} is missing\n\n${usage}`)
  }
  return { values: parsed.values as Values<O>, rest: parsed.positionals }
}

export function noMore(rest: readonly string[]): void {
  if (rest.length > 0) throw new CliError(`unexpected: ${rest.join(' ')}\n\n${usage}`)
}

export function portOf(text: string | undefined): number {
  const port = text === undefined ? 0 : Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CliError('--port takes a number from 0 to 65535')
  return port
}
