// People: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { people } from '../shared/contract.ts'
import { isOtherAdmin, rolesOf } from './accounts.ts'
import * as service from './service.ts'
import * as tables from './tables.ts'

const idOf = (input: unknown) => (input as { id: string }).id

export const peopleModule: ModuleDef = {
  name: 'people',
  tables: Object.values(tables),
  // Whoever holds the role already is not made an administrator by a change of name.
  fourEyesWaivers: {
    'people.update': (read, input) => rolesOf(read, idOf(input)).includes('admin'),
    'people.reactivate': (read, input, userId) => !isOtherAdmin(read, idOf(input), userId),
    'people.resetPassword': (read, input, userId) => !isOtherAdmin(read, idOf(input), userId),
  },
  implementations: (services) => [
    implement(people, {
      list: service.list,
      directory: service.directory,
      create: (ctx, input) => service.create(services, ctx, input),
      update: (ctx, input) => service.update(services, ctx, input),
      deactivate: (ctx, input) => service.deactivate(services, ctx, input),
      reactivate: (ctx, input) => service.reactivate(services, ctx, input),
      resetPassword: (ctx, input) => service.resetPassword(services, ctx, input),
    }),
  ],
}
