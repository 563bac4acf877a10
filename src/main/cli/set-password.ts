// `set-password`: a person's first password, or a new one, with the one-time code an admin handed out.
import path from 'node:path'
import { mintId } from '#core/store/mint.ts'
import { cliCaller, requireClinic, unlockFromEnvironment, valueOf, withHost } from './open-clinic.ts'
import { passwordFrom, print } from './terminal.ts'
import { CliError, noMore, parse } from './usage.ts'

export async function setPasswordCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string', code: 'string' }, ['dir', 'as', 'code'])
  noMore(rest)
  const dir = path.resolve(values.dir ?? '')
  const newPassword = await passwordFrom('OSLER_PASSWORD', `New password of ${values.as}: `)
  await withHost(dir, async (host) => {
    requireClinic(host, dir)
    if (!(await unlockFromEnvironment(host))) {
      throw new CliError(
        'set OSLER_UNLOCK_USER and OSLER_UNLOCK_PASSWORD to somebody who can open the clinic here',
      )
    }
    const input = { username: values.as ?? '', code: values.code ?? '', newPassword }
    const call = { procedure: 'session.setPassword', input, opId: mintId(Date.now()) }
    print(valueOf(await host.dispatch(call, cliCaller())))
  })
}
