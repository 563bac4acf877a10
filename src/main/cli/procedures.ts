// Every procedure with what a script must know of it, read from the contracts themselves.
import * as z from 'zod'
import type { Services } from '#core/rpc/services.ts'
import { modules } from '#modules/main.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import { print } from './terminal.ts'
import { noMore } from './usage.ts'

export interface ListedProcedure {
  readonly name: string
  readonly kind: 'query' | 'command'
  readonly summary: string
  /** Area and act of the role matrix, or `public`. */
  readonly permission: string
  readonly auditAction: string | null
  readonly errors: readonly string[]
  readonly input: unknown
  readonly output: unknown
}

export function allProcedures(): Map<string, ProcedureDef> {
  const found = new Map<string, ProcedureDef>()
  for (const module of modules) {
    for (const { contract } of module.implementations(noServices)) {
      for (const [name, def] of Object.entries(contract.procedures as Record<string, ProcedureDef>)) {
        found.set(`${contract.module}.${name}`, def)
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function proceduresCommand(args: readonly string[]): Promise<void> {
  noMore(args)
  print(listProcedures())
  return Promise.resolve()
}

export function listProcedures(): ListedProcedure[] {
  return [...allProcedures()].map(([name, def]) => ({
    name,
    kind: def.kind,
    summary: def.summary,
    permission: def.access,
    auditAction: def.audit === false ? null : def.audit.action,
    errors: def.errors ?? [],
    input: z.toJSONSchema(def.input, { io: 'input', unrepresentable: 'any' }),
    output: z.toJSONSchema(def.output, { io: 'output', unrepresentable: 'any' }),
  }))
}

/** Contracts are looked at without a clinic: handlers are bound here and never run. */
const noServices = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error('no clinic is open')
    },
  },
) as Services
