// What a domain module hands to the machine: its tables, its contract with handlers, and how it relates people to patients.
import type { Role } from '#shared/permissions.ts'
import type { SessionLimits } from '#shared/session-limits.ts'
import type { AnyCatalogue } from '../catalogue/definition.ts'
import type { ScheduledContext, ScheduledJob } from '../jobs/scheduled.ts'
import type { Reader } from '../store/reader.ts'
import type { TableDef } from '../store/table-def.ts'
import type { CommandContext, Implementation } from './context.ts'
import type { FourEyesWaiver, Gate } from './gates.ts'
import type { RestoreFacts } from '../backup/restore-facts.ts'
import type { Health, Services } from './services.ts'

export interface RelationSource {
  readonly name: string
  /** True when this module's data ties the person to the patient (SECURITY 4.1 rule 2). */
  readonly isRelated: (read: Reader, userId: string, patientId: string, now: string, role: Role) => boolean
}

export interface RotationOutcome {
  readonly done: boolean
  /** `null` where no new root key was asked for. */
  readonly root: 'renewed' | 'kept' | null
  /** Which recovery kit counts now. */
  readonly kitId: string | null
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
  /**
   * Takes away what this module holds of a patient beside rows with the patient's id: queues, caches, names of files.
   * Called in the erasing transaction, before the rows go.
   */
  readonly erase?: (ctx: CommandContext, patientId: string) => void
  /** Whether a person in that role may use this patient's record at all: restrictions (SECURITY PRIV-03). */
  readonly mayUse?: (read: Reader, patientId: string, role: Role) => boolean
  /** Asked for every call of a signed-in person (gates.ts). */
  readonly gates?: (services: Services) => readonly Gate[]
  /** By procedure: inputs its contract flags with `fourEyes` that change nothing a second person has to agree to. */
  readonly fourEyesWaivers?: Readonly<Record<string, FourEyesWaiver>>
  /** What the clock starts while the clinic is open. */
  readonly schedule?: (services: Services) => readonly ScheduledJob[]
  /** Lamps of the health page. Asked often: a few small queries. */
  readonly checks?: (services: Services) => (read: Reader, nowMs: number) => Health['checks']
  /** Done when the clinic is closed by people, after its jobs have stopped and while rows can still be written. */
  readonly atClose?: (services: Services) => (ctx: ScheduledContext) => Promise<void>
  /** Runs inside the transaction that puts a restored database in place of another one (BAK-07). */
  readonly afterRestore?: (services: Services) => (ctx: CommandContext, facts: RestoreFacts) => void
  /** The database has a new key, or, where that failed, still the former one. */
  readonly onRotated?: (ctx: CommandContext, outcome: RotationOutcome) => void
  /** The recovery kit has opened the clinic: runs inside the transaction that writes it down. */
  readonly onKitUsed?: (ctx: CommandContext, kitId: string) => void
  /** Where the clinic keeps its session limits; one module answers. Asked again when `reads` changed. */
  readonly sessionLimits?: {
    readonly reads: readonly string[]
    readonly read: (read: Reader) => SessionLimits
  }
}
