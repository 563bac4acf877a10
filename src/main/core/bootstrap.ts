// What makes an empty database a clinic: its first rows and its first control entries, in one audited transaction.
// When and under which keys that happens is host.ts.
import type { CreateClinic } from '#shared/bootstrap.ts'
import type { Role } from '#shared/permissions.ts'
import type { OpenClinic } from './clinic-types.ts'
import type { ClinicKeys } from './keys/types.ts'
import type { CommandContext, Door } from './rpc/context.ts'
import type { ModuleDef } from './rpc/module.ts'
import type { PasswordWork, Services } from './rpc/services.ts'
import type { Database, TableName } from './store/database.ts'
import type { SyncedTable } from './store/table-def.ts'

/** Accounts are the people module's; the composition root passes its function down. Returns the new id. */
export type CreatePerson = (
  ctx: CommandContext,
  services: Services,
  person: {
    readonly username: string
    readonly name: string
    readonly roles: readonly Role[]
    readonly locale: string
  },
  hashed: Awaited<ReturnType<PasswordWork['hash']>>,
) => string

export interface Founding {
  readonly input: CreateClinic
  readonly isDemo: boolean
  readonly keys: ClinicKeys
  readonly passwords: PasswordWork
  readonly modules: readonly ModuleDef[]
  readonly createPerson: CreatePerson
  readonly door: Door
  /** Short facts for the first audit entry: which keychain, which kit. */
  readonly detail: string
}

/** Returns the id of the first person. */
export async function foundClinic(clinic: OpenClinic, founding: Founding): Promise<string> {
  const { input, keys, passwords } = founding
  const hashed = await passwords.hash(input.admin.password)
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
      const { username, name } = input.admin
      return founding.createPerson(
        ctx,
        clinic.services,
        { username, name, roles, locale: input.locale },
        hashed,
      )
    })
  } finally {
    hashed.keyEncryptionKey.fill(0)
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
