// Profile: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { profile } from '../shared/contract.ts'
import { addAllergy, allergy, changeAllergy, restoreAllergy, voidAllergy } from './allergies.ts'
import {
  addProblem,
  changeProblem,
  problem,
  resolveProblem,
  restoreProblem,
  voidProblem,
} from './problems.ts'

/** Its rows stand in tables of the chart. */
export const profileModule: ModuleDef = {
  name: 'profile',
  tables: [],
  implementations: (services) => [
    implement(profile, {
      problem: (ctx, input) => problem(services, ctx, input),
      addProblem,
      changeProblem,
      resolveProblem,
      voidProblem,
      restoreProblem,
      allergy: (ctx, input) => allergy(services, ctx, input),
      addAllergy: (ctx, input) => addAllergy(services, ctx, input),
      changeAllergy,
      voidAllergy,
      restoreAllergy: (ctx, input) => restoreAllergy(services, ctx, input),
    }),
  ],
}
