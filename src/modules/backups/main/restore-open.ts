// Restoring over the open clinic, by an administrator, with the keys it has. Looking changes nothing; applying closes the
// clinic for everybody, and what was here is kept aside.
import { tellable } from '#core/backup/restore-desk.ts'
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { backups as contract } from '../shared/contract.ts'

type Procedures = (typeof contract)['procedures']
type Find = Procedures['restoreFind']
type Look = Procedures['restoreLook']
type Apply = Procedures['restoreApply']

export function restoreFind({ restoring }: Services): PreparedHandler<Find, OutputOf<Find>> {
  return prepared<Find, OutputOf<Find>>({
    prepare: (_ctx, { place }) => telling(() => restoring.find(place)),
    run: (_ctx, _input, found) => found,
  })
}

export function restoreLook({ restoring }: Services): PreparedHandler<Look, OutputOf<Look>> {
  return prepared<Look, OutputOf<Look>>({
    async prepare({ read }, { place, name }) {
      if (clinicOf(read).isDemo) throw new AppError('CONFLICT', { reason: 'demo' })
      return await telling(() => restoring.look(place, name))
    },
    run: (_ctx, _input, facts) => facts,
  })
}

/** The decision is made in `prepare`: it is a file of its own, and from there on the restored clinic is the one. */
export function restoreApply({ restoring }: Services): PreparedHandler<Apply, OutputOf<Apply>> {
  return prepared<Apply, OutputOf<Apply>>({
    async prepare({ actor, door }, { backupId }) {
      if (restoring.waiting()?.backupId !== backupId)
        throw new AppError('CONFLICT', { reason: 'nothing-looked-at' })
      return { keptAs: await telling(() => restoring.apply({ actor, door })) }
    },
    run({ afterCommit }, _input, result) {
      afterCommit(() => restoring.swap())
      return result
    },
  })
}

async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw tellable(error)
  }
}
