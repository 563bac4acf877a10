// All procedures by name, each with its handler and its filters, checked when the clinic is built.
import { type Contract, type ProcedureDef } from '#shared/contract.ts'
import { type Role, roles, scopeOf, splitAccess } from '#shared/permissions.ts'
import type { CommandContext, Implementation, PreparedHandler, QueryContext } from './context.ts'
import { type FieldFilter, fieldFilterOf } from './field-filter.ts'

export interface Procedure {
  readonly name: string
  readonly module: string
  readonly def: ProcedureDef
  readonly handler: AnyHandler
  /** Present for each role whose scope is filtered; `undefined` inside means that the role gets nothing. */
  readonly filters: ReadonlyMap<Role, FieldFilter | undefined>
}

type Run = (ctx: QueryContext | CommandContext, input: unknown, prepared?: unknown) => unknown
export type AnyHandler = {
  readonly run: Run
  readonly prepare?: PreparedHandler<ProcedureDef, unknown>['prepare']
}

export function buildRouter(implementations: readonly Implementation[]): ReadonlyMap<string, Procedure> {
  const procedures = new Map<string, Procedure>()
  for (const { contract, handlers } of implementations) {
    for (const [name, def] of Object.entries(contract.procedures)) {
      const handler = (handlers as Record<string, unknown>)[name]
      const full = `${contract.module}.${name}`
      if (procedures.has(full)) throw new Error(`${full} is there twice`)
      procedures.set(full, {
        name: full,
        module: contract.module,
        def,
        handler: toHandler(handler, full),
        filters: filtersOf(def, full),
      })
    }
  }
  return procedures
}

function toHandler(handler: unknown, name: string): AnyHandler {
  if (typeof handler === 'function') return { run: handler as Run }
  if (typeof handler === 'object' && handler !== null && 'run' in handler) return handler as AnyHandler
  throw new Error(`${name} has no handler`)
}

function filtersOf(def: ProcedureDef, name: string): Map<Role, FieldFilter | undefined> {
  const filters = new Map<Role, FieldFilter | undefined>()
  if (def.access === 'public') return filters
  for (const role of roles) {
    const scope = scopeOf(role, ...splitAccess(def.access))
    if (scope !== 'f' && scope !== 'fr') continue
    try {
      filters.set(role, fieldFilterOf(def, role))
    } catch (error) {
      throw new Error(`${name}, role ${role}`, { cause: error })
    }
  }
  return filters
}

export type { Contract }
