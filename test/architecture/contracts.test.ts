// Rules every procedure keeps: a permission, an audit rule, a patient where there is one to guard, closed input.
// Each rule is a function, and each is shown to bite on a procedure that breaks it.
import * as z from 'zod'
import { expect, test } from 'vitest'
import { modules } from '#modules/main.ts'
import { fieldFilterOf } from '#core/rpc/field-filter.ts'
import type { Services } from '#core/rpc/services.ts'
import { contract, type ProcedureDef, query } from '#shared/contract.ts'
import { areas, roles, scopeOf, splitAccess } from '#shared/permissions.ts'

interface Named {
  readonly name: string
  readonly def: ProcedureDef
}

/** Contracts are plain data; the services are only captured by handlers, never used while they are built. */
const noServices = new Proxy({}, { get: () => () => undefined }) as Services
const procedures: Named[] = modules.flatMap((m) =>
  m.implementations(noServices).flatMap(({ contract: c }) =>
    Object.entries(c.procedures as Record<string, ProcedureDef>).map(([p, def]) => ({
      name: `${c.module}.${p}`,
      def,
    })),
  ),
)

function violations({ name, def }: Named): string[] {
  const found: string[] = []
  if (!def.access) found.push(`${name}: no permission`)
  else if (def.access !== 'public' && !areas.includes(splitAccess(def.access)[0]))
    found.push(`${name}: unknown area`)
  if (def.audit === undefined) found.push(`${name}: no audit rule`)
  if (def.kind === 'command' && (def.audit as unknown) === false)
    found.push(`${name}: a command without an audit action`)
  if (def.audit && !/^[a-z-]+\.[a-z-]+$/.test(def.audit.action))
    found.push(`${name}: audit action not "thing.act"`)
  if (!def.summary?.endsWith('.')) found.push(`${name}: no summary sentence`)
  const input = def.input instanceof z.ZodObject ? def.input : undefined
  if (!input) found.push(`${name}: input is not an object`)
  else {
    if (!(input.def.catchall instanceof z.ZodNever)) found.push(`${name}: input is not closed`)
    if ('patientId' in input.shape && !def.patient)
      found.push(`${name}: takes a patient but does not guard it`)
  }
  if (def.patient && def.audit && !def.audit.patients) found.push(`${name}: audit entry names no patient`)
  if (def.access && def.access !== 'public') {
    for (const role of roles) {
      const scope = scopeOf(role, ...splitAccess(def.access))
      if ((scope === 'f' || scope === 'fr') && def.fields?.[role]?.length) fieldFilterOf(def, role)
    }
  }
  return found
}

test('AUTHZ-01: every procedure has a permission, an audit rule, closed input and guards its patient', () => {
  expect(procedures.length).toBeGreaterThan(40)
  expect(procedures.flatMap(violations)).toEqual([])
})

test('AUTHZ-08: an input is kept with a request only where two people agree, and never about a patient', () => {
  const keeping = procedures.filter(({ def }) => def.kind === 'command' && def.keepsInput)
  expect(keeping.map(({ name }) => name).sort()).toEqual([
    'federation.link',
    'people.create',
    'people.reactivate',
    'people.resetPassword',
    'people.update',
    'session.resetFactor',
  ])
  for (const { name, def } of keeping) {
    expect(def.kind === 'command' && def.fourEyes, name).toBeTruthy()
    expect(def.patient, name).toBeUndefined()
    const fields = def.input instanceof z.ZodObject ? Object.keys(def.input.shape) : []
    expect(
      fields.filter((field) => /password|secret|code|kit|token|pin/i.test(field)),
      name,
    ).toEqual([])
  }
})

test('the rules bite: a procedure without permission, audit rule or patient guard is named', () => {
  const good = query({
    summary: 'A good one.',
    access: 'demographics.R',
    patient: (i: { patientId: string }) => i.patientId,
    audit: { action: 'thing.view', category: 'none', patients: (i: { patientId: string }) => [i.patientId] },
    reads: [],
    input: z.strictObject({ patientId: z.string() }),
    output: z.strictObject({ id: z.string() }),
  }) as ProcedureDef
  const broken = (changes: Record<string, unknown>) =>
    violations({ name: 'x.y', def: { ...good, ...changes } as ProcedureDef })
  expect(broken({})).toEqual([])
  expect(broken({ access: undefined })).toEqual(['x.y: no permission'])
  expect(broken({ audit: undefined })).toEqual(['x.y: no audit rule'])
  expect(broken({ patient: undefined })).toEqual(['x.y: takes a patient but does not guard it'])
  expect(broken({ input: z.object({ a: z.string() }) })).toEqual(['x.y: input is not closed'])
  expect(contract('x', {}).module).toBe('x')
})

/** Reviewed: no patient data, no secret, or asked so often that entries would only hide what matters. */
const unauditedQueries = [
  'backups.overview',
  'clinic.get',
  'clinic.health',
  'codes.searchProblems',
  'codes.searchSubstances',
  'federation.offers',
  'oversight.reviewCounts',
  'oversight.unread',
  'people.directory',
  'prescribing.favourites',
  'prescribing.ownDrugs',
  'prescribing.searchDrugs',
  'prescribing.usualDirections',
  'session.hints',
  'session.me',
]
/** Reviewed: journalling between an audited opening and an audited signing or dropping; a question whose answer is audited. */
const quietCommands = ['federation.passkeyChallenge', 'notes.saveDraft']
/** Reviewed: callable before anybody has signed in. */
const publicProcedures = [
  'federation.beginSignIn',
  'federation.cancel',
  'federation.completeSignIn',
  'federation.offers',
  'federation.passkeyChallenge',
  'federation.passkeySignIn',
  'session.hints',
  'session.pinSignIn',
  'session.setPassword',
  'session.signIn',
]

test('AUD-01: calls that leave no audit entry are exactly the reviewed ones', () => {
  const silent = procedures.filter(({ def }) => def.audit === false).map((p) => p.name)
  expect(silent.sort()).toEqual(unauditedQueries)
  const quiet = procedures.filter(({ def }) => def.audit !== false && def.audit.quiet).map((p) => p.name)
  expect(quiet.sort()).toEqual(quietCommands)
})

test('calls open to anybody are exactly the reviewed ones', () => {
  const open = procedures.filter(({ def }) => def.access === 'public').map((p) => p.name)
  expect(open.sort()).toEqual(publicProcedures)
})

test('each audit action belongs to one procedure, so that a report can tell acts apart', () => {
  const byAction = new Map<string, string[]>()
  for (const { name, def } of procedures) {
    if (def.audit) byAction.set(def.audit.action, [...(byAction.get(def.audit.action) ?? []), name])
  }
  expect([...byAction.entries()].filter(([, names]) => names.length > 1)).toEqual([])
})
