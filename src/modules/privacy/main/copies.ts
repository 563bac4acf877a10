// Copies beside the database in which an erased record would stay readable: files that a restore put aside, the file of a
// former key. Before an erasure they are told; after it those that may go have gone, and the officer hears of the others.
import type { Services } from '#core/rpc/services.ts'
import { copiesLeft } from '#modules/backups/main/api.ts'
import { notify, notifyPrivacy } from '#modules/oversight/main/api.ts'
import type { Desk } from './erasure.ts'

export function tellOfCopies(services: Services, desk: Desk): void {
  const left = copiesLeft(services, desk)
  if (left.length === 0) return
  const byHand = left.filter((copy) => copy.goes === 'by-hand')
  desk.transact({ action: 'erasure.tell-copies', category: 'system', detail: `${left.length}` }, (ctx) => {
    const days = (copies: typeof left) => [...new Set(copies.map((copy) => copy.at.slice(0, 10)))].join(', ')
    const waiting = left.filter((copy) => copy.goes !== 'by-hand')
    if (waiting.length > 0) notifyPrivacy(ctx, { kind: 'erasure-copy-waits', detail: days(waiting) })
    if (byHand.length === 0) return
    notifyPrivacy(ctx, { kind: 'erasure-copy-by-hand', detail: days(byHand) })
    // They alone can delete it.
    notify(ctx, { to: { role: 'admin' }, kind: 'erasure-copy-by-hand', detail: days(byHand) })
  })
}
