// Patients: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { patients } from '../shared/contract.ts'
import { relations } from './care-team.ts'
import { erasePatientLinks } from './erase.ts'
import { history } from './history.ts'
import { findSimilar, recent, search } from './search.ts'
import { addFlag, get, register, removeFlag, restoreFlag, update } from './service.ts'
import * as tables from './tables.ts'

/** A restricted record is in no list of a role that has no use for it (SECURITY PRIV-03). */
const openTo = <P extends { readonly id: string }>(
  services: Services,
  ctx: QueryContext,
  found: readonly P[],
): P[] => found.filter((patient) => services.mayUse(ctx.read, patient.id, ctx.actor.role))

export const patientsModule: ModuleDef = {
  name: 'patients',
  tables: Object.values(tables),
  erase: erasePatientLinks,
  relations,
  implementations: (services) => [
    implement(patients, {
      search: (ctx, input) => {
        const found = search(ctx, input)
        return { ...found, patients: openTo(services, ctx, found.patients) }
      },
      recent: (ctx) => {
        const found = recent(ctx)
        return { ...found, patients: openTo(services, ctx, found.patients) }
      },
      findSimilar: (ctx, input) => openTo(services, ctx, findSimilar(ctx, input)),
      get,
      register,
      update,
      addFlag,
      removeFlag,
      restoreFlag,
      history: (ctx, input) => history(services, ctx, input),
    }),
  ],
}
