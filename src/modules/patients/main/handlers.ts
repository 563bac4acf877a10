// Patients: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { patients } from '../shared/contract.ts'
import { relations } from './care-team.ts'
import { erasePatientLinks } from './erase.ts'
import { history } from './history.ts'
import { findSimilar, recent, search } from './search.ts'
import { addFlag, get, register, removeFlag, restoreFlag, update } from './service.ts'
import * as tables from './tables.ts'

export const patientsModule: ModuleDef = {
  name: 'patients',
  tables: Object.values(tables),
  erase: erasePatientLinks,
  relations,
  implementations: (services) => [
    implement(patients, {
      search,
      recent,
      findSimilar,
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
