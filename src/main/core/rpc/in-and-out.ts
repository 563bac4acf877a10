// What goes in and what comes out keeps to the contract; roles that see less get the fields on their list.
import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Role, Scope } from '#shared/permissions.ts'
import type { Who } from '../store/engine.ts'
import type { Actor } from './context.ts'
import type { Procedure } from './router.ts'

export function inputOf(procedure: Procedure, input: unknown): unknown {
  const parsed = procedure.def.input.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  throw new AppError('INVALID_INPUT', { fields: placesOf(parsed.error) })
}

/** Paths and rule names only: what was typed may be patient data. */
function placesOf(error: z.ZodError): string[] {
  const places = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 10).map((k) => `${[...issue.path, k].join('.')}: unknown`)
      : [`${issue.path.join('.')}: ${issue.code}`],
  )
  return [...new Set(places)].slice(0, 20)
}

export function refuseUnlistedRole(procedure: Procedure, scope: Scope | undefined, who: Who): void {
  if (scope !== 'f' && scope !== 'fr') return
  if (!procedure.filters.get((who.actor as Actor).role)) throw new AppError('FORBIDDEN')
}

export function outputOf(procedure: Procedure, value: unknown, who: Who): unknown {
  const parsed = procedure.def.output.safeParse(value)
  if (!parsed.success)
    throw new Error(`output of ${procedure.name} breaks its contract: ${placesOf(parsed.error).join(', ')}`)
  if (who.scope !== 'f' && who.scope !== 'fr') return parsed.data
  const filter = procedure.filters.get((who.actor as Actor).role as Role)
  if (!filter) throw new AppError('FORBIDDEN')
  return filter(parsed.data)
}
