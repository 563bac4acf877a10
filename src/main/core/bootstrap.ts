// What makes an empty database a clinic: its first rows and its first control entries, in one audited transaction.
// When and under which keys that happens is host.ts.
import type { CreateClinic } from '#shared/bootstrap.ts'
import type { Role } from '#shared/permissions.ts'
import type { OpenClinic } from './clinic-types.ts'
import { makeSigningKey } from './keys/signing-key.ts'
import type { ClinicKeys } from './keys/types.ts'
import type { Door } from './rpc/context.ts'
import type { ModuleDef } from './rpc/module.ts'
import type { PasswordWork } from './rpc/services.ts'
import type { Database, TableName } from './store/database.ts'
import type { SyncedTable } from './store/table-def.ts'

export interface Founding {
  readonly input: CreateClinic
  readonly isDemo: boolean
  readonly keys: ClinicKeys
  readonly passwords: PasswordWork
  readonly modules: readonly ModuleDef[]
  readonly door: Door
  /** Short facts for the first audit entry: which keychain, which kit. */
  readonly detail: string
}

/** Returns the id of the first person. */
export async function foundClinic(clinic: OpenClinic, founding: Founding): Promise<string> {
  const { input, keys, passwords } = founding
  const { verifier, keyEncryptionKey } = await passwords.hash(input.admin.password)
  const table = tableFinder(founding.modules)
  const roles: Role[] = input.admin.isDoctor ? ['admin', 'doctor'] : ['admin']
  const act = { action: 'clinic.create', category: 'configuration', detail: founding.detail } as const
  try {
    return clinic.transact({ actor: null, door: founding.door }, act, (ctx) => {
      const control = (entry: Record<string, unknown>) => clinic.services.appendControl(ctx, entry)
      control({ kind: 'genesis', format: 1 })
      control({ kind: 'device.add', writer: keys.device.writer, signKey: keys.device.publicKey, admin: true })
      ctx.write.insert(table('clinic'), {
        name: input.clinicName,
        country: input.country,
        time_zone: input.timeZone,
        currency: input.currency,
        locale: input.locale,
        one_care_team: 1,
        is_demo: founding.isDemo ? 1 : 0,
      })
      const userId = ctx.write.insert(table('user_account'), {
        username: input.admin.username,
        name: input.admin.name,
        locale: input.locale,
        verifier,
        credential_changed_at: ctx.now,
        active: 1,
      })
      for (const role of roles) {
        ctx.write.insert(table('role_grant'), { user_id: userId, role, granted_at: ctx.now })
        control({ kind: 'grant', user: userId, role })
      }
      const signing = makeSigningKey(userId, keyEncryptionKey)
      signing.privateKey.fill(0)
      ctx.write.insert(table('user_signing_key'), {
        user_id: userId,
        public_key: signing.publicKey,
        wrapped_private: signing.wrappedPrivate,
        created_at: ctx.now,
      })
      return userId
    })
  } finally {
    keyEncryptionKey.fill(0)
  }
}

/** Core knows no module by import; it finds the tables it must fill by name in what the composition root gives it. */
function tableFinder(modules: readonly ModuleDef[]) {
  const all = modules.flatMap((module) => module.tables)
  return <N extends TableName>(name: N): SyncedTable<N, Database[N]> => {
    const found = all.find((table) => table.name === name)
    if (found?.kind !== 'synced') throw new Error(`no module brings the table ${name}`)
    return found as SyncedTable<N, Database[N]>
  }
}
