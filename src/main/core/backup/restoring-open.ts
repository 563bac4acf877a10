// A restore over the open clinic, with the key ring it has.
import type { KeyRing } from '../keys/key-ring.ts'
import type { OpeningOptions } from '../opened-clinic.ts'
import type { RestoreWork } from '../rpc/services.ts'
import { createRestoreDesk } from './restore-desk.ts'

export function restoringOf(options: OpeningOptions, ring: KeyRing): RestoreWork {
  const desk = createRestoreDesk(options)
  return {
    find: (place) => desk.find(place),
    look: (place, name, work) => desk.look(place, name, { ring }, work),
    apply: (who) => desk.apply(who),
    waiting: () => desk.waiting(),
    discard: () => desk.discard(),
    swap: options.onRestored,
  }
}
