// `backup`, `backups` and `restore`: the same machine as the screens, for whoever looks after the computer.
import { statSync } from 'node:fs'
import path from 'node:path'
import type { FoundBackup } from '#shared/restore.ts'
import { wearHat } from './call.ts'
import { readKit } from './kit-file.ts'
import { cliCaller, valueOf, withHost, withPerson } from './open-clinic.ts'
import { mintId } from '#core/store/mint.ts'
import { print, progress } from './terminal.ts'
import { CliError, noMore, parse } from './usage.ts'

/** Makes a backup now, to every target, and tells how each took it. */
export async function backupCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string' }, ['dir', 'as'])
  noMore(rest)
  await withPerson(path.resolve(values.dir ?? ''), values.as ?? '', async (host, caller) => {
    await wearHat(host, caller, 'backups.make')
    valueOf(await host.dispatch({ procedure: 'backups.make', input: {}, opId: mintId(Date.now()) }, caller))
    await host.clinic()?.services.jobs.idle()
    const reply = await host.dispatch({ procedure: 'backups.overview', input: {} }, caller)
    const { made, lastTry } = valueOf(reply) as {
      made: unknown[]
      lastTry: { problem: string | null } | null
    }
    if (lastTry?.problem) throw new CliError(`the backup is not good everywhere: ${lastTry.problem}`, made[0])
    print(made[0])
  })
}

/** State of targets, backups and test restores. */
export async function backupsCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string' }, ['dir', 'as'])
  noMore(rest)
  await withPerson(path.resolve(values.dir ?? ''), values.as ?? '', async (host, caller) => {
    await wearHat(host, caller, 'backups.overview')
    print(valueOf(await host.dispatch({ procedure: 'backups.overview', input: {} }, caller)))
  })
}

/** On an empty folder, or over a clinic that does not open: kit and file are all it takes. */
export async function restoreCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', file: 'string', kit: 'string' }, [
    'dir',
    'file',
    'kit',
  ])
  noMore(rest)
  const file = path.resolve(values.file ?? '')
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new CliError(`there is no backup ${file}`)
  const kit = await readKit(values.kit ?? '')
  await withHost(
    path.resolve(values.dir ?? ''),
    async (host) => {
      const caller = cliCaller()
      const place = { kind: 'folder', path: file }
      const [found] = valueOf(await host.bootstrap('restoreFind', { place }, caller)) as FoundBackup[]
      if (!found) throw new CliError(`there is no backup ${file}`)
      progress('Opening, checking and counting.')
      const opener = { kind: 'kit', kit }
      const facts = valueOf(await host.bootstrap('restoreLook', { place, name: found.name, opener }, caller))
      const done = valueOf(await host.bootstrap('restoreApply', {}, caller)) as { keptAs: string }
      progress('Restored. Start Osler: a new kit comes first, then people sign in as before.')
      print({ restored: true, ...(facts as object), ...done })
    },
    true,
  )
}
