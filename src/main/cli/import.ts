// `import`: files and folders of this computer, summarised. What is taken and refused is the imports module's affair.
import type { ClinicHost } from '#core/host.ts'
import type { Actor } from '#core/rpc/context.ts'
import { actorOf } from '#core/rpc/identity.ts'
import { type ImportProgress, importPaths } from '#modules/imports/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Role } from '#shared/permissions.ts'
import { wearHat } from './call.ts'
import { type CliCaller, refused, valueOf, withPerson } from './open-clinic.ts'
import { print, progress } from './terminal.ts'
import { CliError, parse } from './usage.ts'

export async function importCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string', source: 'string' }, ['dir', 'as'])
  if (rest.length === 0) throw new CliError('import takes at least one file or folder')
  await withPerson(values.dir ?? '', values.as ?? '', async (host, caller) => {
    const actor = await actorFor(host, caller)
    const stop = new AbortController()
    const onSignal = () => stop.abort()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal)
    const options = {
      door: 'cli',
      signal: stop.signal,
      ...(values.source ? { sourceName: values.source } : {}),
    } as const
    const clinic = host.clinic()
    if (!clinic) throw new CliError('the clinic was closed')
    const summary = await importPaths(clinic, actor, rest, options, reporter()).catch(asCliError)
    print(summary)
    if (stop.signal.aborted) throw new CliError('stopped; what is filed stays and can be undone')
    if (summary.resources === 0 && summary.refused.length > 0)
      throw new CliError('nothing was imported; see "refused"')
  })
}

/** Bulk import is the admin's; somebody who is doctor too puts that hat on for it. */
async function actorFor(host: ClinicHost, caller: CliCaller): Promise<Actor> {
  const me = valueOf(await host.dispatch({ procedure: 'session.me', input: {} }, caller)) as { roles: Role[] }
  await wearHat(host, caller, 'imports.create', me.roles.includes('admin') ? 'admin' : undefined)
  const clinic = host.clinic()
  const session = caller.token === null ? undefined : clinic?.services.sessions.find(caller.token)
  const actor = clinic && session ? clinic.read((read) => actorOf(read, session)) : null
  if (!actor) throw new CliError('refused: NOT_SIGNED_IN')
  return actor
}

function asCliError(error: unknown): never {
  if (error instanceof AppError) throw refused({ code: error.code, details: error.details, opId: '' })
  throw error
}

/** One line a second at most, and the last of each phase. */
function reporter(): (now: ImportProgress) => void {
  let saidAt = 0
  return ({ phase, done, total }) => {
    if (done < total && performance.now() - saidAt < 1000) return
    saidAt = performance.now()
    progress(`${phase} ${done} of ${total}`)
  }
}
