// Board: procedure to function, nothing else. The board owns no row; it shows and moves what others own.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { board } from '../shared/contract.ts'
import { intake, openNote, registerWalkIn, undoIntake } from './acts.ts'
import { today } from './today.ts'

export const boardModule: ModuleDef = {
  name: 'board',
  tables: [],
  implementations: (services) => [
    implement(board, {
      today: (ctx) => today(services, ctx),
      intake,
      undoIntake,
      openNote,
      registerWalkIn,
    }),
  ],
}
