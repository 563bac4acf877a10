// Field-level access (AUTHZ-05): a role with a filtered scope gets the fields on its golden list, the rest comes back empty.
// A field that is not on a list is invisible, so a new column shows nowhere until somebody lists it.
import * as z from 'zod'
import type { ProcedureDef } from '#shared/contract.ts'
import type { Role } from '#shared/permissions.ts'

type Blank = 'omit' | null | '' | readonly []
export type FieldFilter = (value: unknown) => unknown

/** `undefined` when the list is empty or missing: the role gets nothing, the call is refused. */
export function fieldFilterOf(def: ProcedureDef, role: Role): FieldFilter | undefined {
  const seen = def.fields?.[role]
  if (!seen || seen.length === 0) return undefined
  const shape = objectShape(def.fieldsIn === undefined ? def.output : fieldOf(def.output, def.fieldsIn))
  const blanks = new Map<string, Blank>()
  for (const [name, schema] of Object.entries(shape)) {
    if (!seen.includes(name)) blanks.set(name, blankOf(schema, name))
  }
  for (const name of seen) {
    if (!Object.hasOwn(shape, name))
      throw new Error(`field list names "${name}", which the output does not have`)
  }
  const filterOne = (item: unknown): unknown => {
    const kept: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(item as Record<string, unknown>)) {
      const blank = blanks.get(name)
      if (blank === undefined) kept[name] = value
      else if (blank !== 'omit') kept[name] = blank
    }
    return kept
  }
  const filter: FieldFilter = (value) => (Array.isArray(value) ? value.map(filterOne) : filterOne(value))
  const inside = def.fieldsIn
  if (inside === undefined) return filter
  return (value) => {
    const whole = value as Record<string, unknown>
    return { ...whole, [inside]: filter(whole[inside]) }
  }
}

function fieldOf(schema: z.ZodType, name: string): z.ZodType {
  const found = objectShape(schema)[name]
  if (!found) throw new Error(`fieldsIn names "${name}", which the output does not have`)
  return found
}

function objectShape(schema: z.ZodType): Record<string, z.ZodType> {
  const inner = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : schema
  if (!(inner instanceof z.ZodObject))
    throw new Error('filtered output must be an object or a list of objects')
  return inner.shape as Record<string, z.ZodType>
}

/** How a hidden field looks. A field that cannot be empty has to be listed for every filtered role. */
function blankOf(schema: z.ZodType, name: string): Blank {
  if (schema instanceof z.ZodOptional) return 'omit'
  if (schema instanceof z.ZodNullable) return null
  if (schema instanceof z.ZodArray) return []
  if (schema instanceof z.ZodString) return ''
  throw new Error(`field "${name}" cannot be hidden: make it nullable or put it on the list`)
}
