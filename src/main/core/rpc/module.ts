// What a domain module hands to the machine: its tables, its contract with handlers, and how it relates people to patients.
import type { Role } from '#shared/permissions.ts'
import type { AnyCatalogue } from '../catalogue/definition.ts'
import type { ScheduledJob } from '../jobs/scheduled.ts'
import type { Reader } from '../store/reader.ts'
import type { TableDef } from '../store/table-def.ts'
import type { CommandContext, Implementation } from './context.ts'
import type { FourEyesWaiver, Gate } from './gates.ts'
import type { Services } from './services.ts'

export interface RelationSource {
  readonly name: string
  /** True when this module's data ties the person to the patient (SECURITY 4.1 rule 2). */
  readonly isRelated: (read: Reader, userId: string, patientId: string, now: string, role: Role) => boolean
}

export interface ModuleDef {
  readonly name: string
  readonly tables: readonly TableDef[]
  /** Each contract has a type of its own; the registry needs only the common shape. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly implementations: (services: Services) => readonly Implementation<any>[]
  /** Reference data the module brings along; made ready when a clinic is opened. */
  readonly catalogues?: readonly AnyCatalogue[]
  readonly relations?: readonly RelationSource[]
  /** Asked for every call of a signed-in person (gates.ts). */
  readonly gates?: (services: Services) => readonly Gate[]
  /** By procedure: inputs its contract flags with `fourEyes` that change nothing a second person has to agree to. */
  readonly fourEyesWaivers?: Readonly<Record<string, FourEyesWaiver>>
  /** What the clock starts while the clinic is open. */
  readonly schedule?: (services: Services) => readonly ScheduledJob[]
  /** The database has a new key, or, where that failed, still the former one. */
  readonly onRotated?: (ctx: CommandContext, done: boolean) => void
  /** The recovery kit has opened the clinic: runs inside the transaction that writes it down. */
  readonly onKitUsed?: (ctx: CommandContext, kitId: string) => void
}
