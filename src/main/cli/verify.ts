// `verify`: are audit chain, commits, watermark and database as they were written? Counts only, so no role is asked for.
import path from 'node:path'
import { requireClinic, valueOf, withHost } from './open-clinic.ts'
import { passwordFrom, print, takeVariable } from './terminal.ts'
import { CliError, noMore, parse } from './usage.ts'

export async function verifyCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string' }, ['dir'])
  noMore(rest)
  const dir = path.resolve(values.dir ?? '')
  const unlockUser = takeVariable('OSLER_UNLOCK_USER')
  const unlockPassword = takeVariable('OSLER_UNLOCK_PASSWORD')
  const who =
    unlockUser !== undefined && unlockPassword !== undefined
      ? { username: unlockUser, password: unlockPassword }
      : {
          username: values.as ?? null,
          password: await passwordFrom('OSLER_PASSWORD', `Password${values.as ? ` of ${values.as}` : ''}: `),
        }
  await withHost(dir, async (host) => {
    requireClinic(host, dir)
    const reply = await host.verify(who)
    if (!reply.ok && reply.error.details.problem !== undefined) {
      const { problem, value = null } = reply.error.details
      throw new CliError(`the clinic cannot be opened: ${String(problem)}`, { ok: false, problem, value })
    }
    const report = valueOf(reply) as { readonly ok: boolean }
    if (!report.ok) throw new CliError('something is not as it was written; see the report', report)
    print(report)
  })
}
