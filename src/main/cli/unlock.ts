// `unlock`: opens a clinic with the recovery kit where no password does. As at the window, the kit is used up by it: a new
// one comes first, and then a person signs in, so that a password opens the clinic again.
import path from 'node:path'
import { completeSignIn, cliCaller, requireClinic, valueOf, withHost } from './open-clinic.ts'
import { readKit, refuseTaken, writeNewKit } from './kit-file.ts'
import { passwordFrom, print, progress } from './terminal.ts'
import { CliError, noMore, parse } from './usage.ts'

export async function unlockCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string', kit: 'string', 'new-kit': 'string' }, [
    'dir',
    'as',
    'kit',
    'new-kit',
  ])
  noMore(rest)
  const dir = path.resolve(values.dir ?? '')
  const username = values.as ?? ''
  const newKit = values['new-kit'] ?? ''
  refuseTaken(newKit)
  const kit = await readKit(values.kit ?? '')
  const password = await passwordFrom('OSLER_PASSWORD', `Password of ${username}: `)
  await withHost(dir, async (host) => {
    requireClinic(host, dir)
    valueOf(await host.bootstrap('unlockKit', { kit }, cliCaller()))
    const kitId = await writeNewKit(host, newKit)
    const caller = cliCaller()
    const reply = await host.bootstrap('unlock', { username, password }, caller)
    if (!reply.ok) {
      progress(`Only the new kit in ${newKit} opens the clinic now: run this again with it.`)
      throw new CliError(`refused: ${reply.error.code}`, { error: reply.error, kitId })
    }
    await completeSignIn(host, caller, reply.value as Parameters<typeof completeSignIn>[2])
    progress(
      'The kit that was used is worth nothing now. Everybody signs in with their own password as always.',
    )
    print({ opened: true, kitId, as: username.trim().toLowerCase() })
  })
}
