// The command line: one command per process, JSON out, exit 0 or 1. What each command does is in the file of its name.
import { CliError, usage } from './usage.ts'

type Command = (args: readonly string[]) => Promise<void>

/** Loaded one by one: a list of procedures needs no web server. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  backup: async () => (await import('./backup.ts')).backupCommand,
  backups: async () => (await import('./backup.ts')).backupsCommand,
  call: async () => (await import('./call.ts')).callCommand,
  create: async () => (await import('./create.ts')).createCommand,
  import: async () => (await import('./import.ts')).importCommand,
  procedures: async () => (await import('./procedures.ts')).proceduresCommand,
  restore: async () => (await import('./backup.ts')).restoreCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  'set-password': async () => (await import('./set-password.ts')).setPasswordCommand,
  start: async () => (await import('./serve.ts')).startCommand,
  unlock: async () => (await import('./unlock.ts')).unlockCommand,
  'verify-export': async () => (await import('./verify-export.ts')).verifyExportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
}

async function run([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined) throw new CliError(usage)
  if (name === 'help' || name === '--help' || name === '-h') return void process.stdout.write(usage)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) throw new CliError(`there is no command ${name}\n\n${usage}`)
  const command = await load()
  await command(args)
}

function report(error: unknown): void {
  process.exitCode = 1
  if (error instanceof CliError) {
    if (error.json !== undefined) process.stdout.write(`${JSON.stringify(error.json)}\n`)
    process.stderr.write(`${error.message}\n`)
    return
  }
  // Messages of unexpected errors may quote data: the class and the place must do.
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  process.stderr.write(
    `unexpected ${error instanceof Error ? error.name : 'error'}\n${frames.slice(0, 8).join('\n')}\n`,
  )
}

// A reader that has seen enough (`| head`) is no error of ours.
process.stdout.on('error', () => process.exit(1))

await run(process.argv.slice(2)).catch(report)
