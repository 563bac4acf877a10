// AUTHZ-05: which fields a role with a filtered scope gets, procedure by procedure, against a list somebody has read.
// A new column shows to nobody until it stands on its contract's list, and then this file has to be read again.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { fieldFilterOf } from '#core/rpc/field-filter.ts'
import type { Services } from '#core/rpc/services.ts'
import { modules } from '#modules/main.ts'
import { type ProcedureDef, query } from '#shared/contract.ts'
import { roles, scopeOf, splitAccess } from '#shared/permissions.ts'

const golden = path.join(import.meta.dirname, 'field-lists.golden.txt')
const noServices = new Proxy({}, { get: () => () => undefined }) as Services

/** One line a procedure, role and field: a change shows as the lines that came or went. */
function seenFields(): string[] {
  const lines: string[] = []
  for (const { contract } of modules.flatMap((m) => m.implementations(noServices))) {
    for (const [name, def] of Object.entries(contract.procedures as Record<string, ProcedureDef>)) {
      if (def.access === 'public') continue
      for (const role of roles) {
        const scope = scopeOf(role, ...splitAccess(def.access))
        if (scope !== 'f' && scope !== 'fr') continue
        const fields = def.fields?.[role] ?? []
        const where = def.fieldsIn === undefined ? '' : `${def.fieldsIn}.`
        if (fields.length === 0) lines.push(`${contract.module}.${name} ${role}: nothing`)
        for (const field of fields) lines.push(`${contract.module}.${name} ${role}: ${where}${field}`)
      }
    }
  }
  return lines.sort((a, b) => (a < b ? -1 : 1))
}

test('AUTHZ-05: every field a filtered role sees is on the golden list, and nothing else is', () => {
  const now = seenFields()
  if (process.env.OSLER_WRITE_GOLDEN) writeFileSync(golden, `${now.join('\n')}\n`)
  const listed = readFileSync(golden, 'utf8').trimEnd().split('\n')
  expect({
    new: now.filter((line) => !listed.includes(line)),
    gone: listed.filter((line) => !now.includes(line)),
  }).toEqual({ new: [], gone: [] })
})

test('AUTHZ-05: the front desk gets no clinical text, billing codes and no notes, a researcher no identifier', () => {
  const of = (role: string) => seenFields().filter((line) => line.includes(` ${role}: `))
  const clinical = /\b(body|conclusion|dosageText|manifestations|assessment|narrative)\b/
  expect(of('reception').filter((line) => clinical.test(line))).toEqual([])
  expect(of('billing').filter((line) => clinical.test(line))).toEqual([])
  expect(of('billing').filter((line) => line.startsWith('notes.') && !line.endsWith(': nothing'))).toEqual([])
  expect(
    of('researcher').filter((line) => /: .*(name|phone|birthDate|recordNumber|patientId)$/.test(line)),
  ).toEqual(['clinic.get researcher: name'])
})

test('AUTHZ-05: a column nobody has listed comes back empty', () => {
  const def = query({
    summary: 'One.',
    access: 'profile.R',
    audit: false,
    reads: [],
    input: z.strictObject({}),
    output: z.strictObject({
      id: z.string(),
      shown: z.string(),
      added: z.string(),
      maybe: z.string().nullable(),
    }),
    fields: { reception: ['id', 'shown'] },
  }) as ProcedureDef
  const filter = fieldFilterOf(def, 'reception')
  expect(filter?.({ id: '1', shown: 'yes', added: 'secret', maybe: 'secret' })).toEqual({
    id: '1',
    shown: 'yes',
    added: '',
    maybe: null,
  })
})
