// Codes: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { codes } from '../shared/contract.ts'
import { dropEdition, editions, loadEdition, useEdition } from './editions.ts'
import { icd10cm } from './icd10cm/catalogue.ts'
import { problem, searchProblems, searchSubstances } from './searches.ts'
import { substances } from './substances/catalogue.ts'
import * as tables from './tables.ts'

export const codesModule: ModuleDef = {
  name: 'codes',
  tables: Object.values(tables),
  catalogues: [icd10cm, substances],
  implementations: (services) => [
    implement(codes, {
      searchProblems: (ctx, input) => searchProblems(services, ctx, input),
      problem: (ctx, input) => problem(services, ctx, input),
      searchSubstances: (ctx, input) => searchSubstances(services, ctx, input),
      editions: (ctx) => editions(services, ctx),
      loadEdition: (ctx, input) => loadEdition(services, ctx, input),
      useEdition,
      dropEdition: (ctx, input) => dropEdition(services, ctx, input),
    }),
  ],
}
