// Imports: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { imports } from '../shared/contract.ts'
import { eraseImports } from './erase.ts'
import * as service from './service.ts'
import * as tables from './tables.ts'
import { beginUpload } from './uploads.ts'

export const importsModule: ModuleDef = {
  name: 'imports',
  tables: Object.values(tables),
  erase: eraseImports,
  implementations: (services) => [
    implement(imports, {
      create: (ctx, input) => service.create(services, ctx, input),
      beginUpload: (ctx, input) => beginUpload(services, ctx, input),
      list: (ctx) => service.list(services, ctx),
      get: (ctx, input) => service.get(services, ctx, input),
      problems: service.problems,
      start: (ctx, input) => service.start(services, ctx, input),
      cancel: (ctx, input) => service.cancel(services, ctx, input),
      discard: (ctx, input) => service.discard(services, ctx, input),
      undo: (ctx, input) => service.undo(services, ctx, input),
    }),
  ],
}
