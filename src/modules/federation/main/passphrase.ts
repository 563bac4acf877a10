// A local passphrase for people who have none because they always signed in through the organisation: with it they open
// the clinic on this computer after a restart, unlock their screen and sign (SECURITY 3.5).
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services, SlotChange } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { accountById, isStaff, rolesOf, setFirstCredential } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { passwordFault, passwordLimits } from '#shared/password-rules.ts'
import type { federation as contract } from '../shared/contract.ts'

type Def = (typeof contract)['procedures']['setPassphrase']

interface Hashed {
  readonly verifier: string
  readonly keyEncryptionKey: Uint8Array
  readonly slot: SlotChange | null
}

export const setPassphrase = (services: Services): PreparedHandler<Def, Hashed> =>
  prepared<Def, Hashed>({
    async prepare({ read, actor }, { passphrase }) {
      const account = accountById(read, actor.userId)
      if (!account || account.verifier !== null) throw new AppError('WRONG_STATE')
      const clinic = clinicOf(read)
      const passwordOnly = services.slots.warnings().includes('password-only')
      const names = [account.username, account.name, clinic.name]
      const fault = clinic.isDemo ? null : passwordFault(passphrase, { passwordOnly, names })
      if (fault) {
        const minimum = passwordOnly ? passwordLimits.minimumPasswordOnly : passwordLimits.minimum
        throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum })
      }
      const hashed = await services.passwords.hash(passphrase)
      const slot = isStaff(rolesOf(read, account.id))
        ? await services.slots.add(account.id, account.username, passphrase)
        : null
      return { ...hashed, slot }
    },
    run(ctx, _input, { slot, ...hashed }) {
      try {
        if (slot) ctx.afterCommit(() => slot.keep())
        if (accountById(ctx.read, ctx.actor.userId)?.verifier !== null) throw new AppError('WRONG_STATE')
        const signingKey = setFirstCredential(ctx, ctx.actor.userId, hashed)
        const { session } = ctx
        ctx.afterCommit(() => {
          if (session) session.signingKey = signingKey
        })
        return { done: true as const }
      } catch (error) {
        slot?.drop()
        throw error
      }
    },
  })
