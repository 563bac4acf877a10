// AUD-02: thousands of real acts with a word planted in every text that can be typed, and none of these words in the trail.
// Every procedure is called through dispatch() by those who may and by somebody who may not, again and again, with the ids
// that earlier calls gave back; it grows by itself with the contracts.
import { expect, test } from 'vitest'
import { actionParts } from '#modules/audit/shared/action-words.ts'
import { modules } from '#modules/main.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import { type Role, roles, scopeOf, splitAccess } from '#shared/permissions.ts'
import { testClinic, testStart } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'
import { sampleInput } from '#testkit/sample-input.ts'

const wanted = process.env.OSLER_NIGHT === '1' ? 30_000 : 10_000

/** They go on outside of this process (network, folders, printers, other programs) or end what the test stands on. */
const notHere =
  /^(backups|federation|imports|keys|papers\.print|clinic\.saveTime|reminders\.(test|save)|people\.|session\.)/
/** Found in the trail on purpose: the reason that a person gave for an act (AUD-02: "result, reason"). */
const reasonsKept = new Set<string>([])

test(`AUD-02: ${wanted} entries of acts with planted words hold none of them`, async () => {
  await using clinic = await testClinic()
  const random = seededRandom(20_202)
  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const procedures = modules
    .flatMap((m) =>
      m.implementations(clinic.clinic.services).flatMap(({ contract }) =>
        Object.entries(contract.procedures as Record<string, ProcedureDef>).map(([name, def]) => ({
          module: contract.module,
          name: `${contract.module}.${name}`,
          def,
        })),
      ),
    )
    .filter(({ name }) => !notHere.test(name))
  const may = (def: ProcedureDef) =>
    roles.filter((role) => def.access !== 'public' && scopeOf(role, ...splitAccess(def.access)) !== undefined)

  const found = new Map<string, unknown[]>()
  const keep = (name: string, value: unknown) => {
    const list = found.get(name) ?? []
    list.push(value)
    if (list.length > 60) list.shift()
    found.set(name, list)
  }
  const harvest = (module: string, value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) harvest(module, each)
    else if (typeof value === 'object' && value !== null) {
      const row = value as Record<string, unknown>
      if (typeof row.id === 'string') keep(`${module}:id`, { id: row.id, rev: row.rev })
      for (const [name, each] of Object.entries(row)) {
        if (name.endsWith('Id') && typeof each === 'string') keep(name, each)
        harvest(module, each)
      }
    }
  }
  const fieldsFor = (module: string): Record<string, unknown> => {
    const fields: Record<string, unknown> = {}
    for (const [name, values] of found) if (!name.includes(':')) fields[name] = any(values)
    return { ...fields, ...(any(found.get(`${module}:id`) ?? []) as object | undefined) }
  }

  let calls = 0
  const codes = new Map<string, number>()
  const ok = new Set<string>()
  const call = async (name: string, module: string, def: ProcedureDef, role: Role) => {
    const word = `Zqcanary${((calls += 1)).toString(36)}`
    const typed = [
      `${word} words that were typed`,
      word,
      word.toLowerCase(),
      `${word.toLowerCase()}@example.org`,
    ]
    const input = sampleInput(def.input, { fields: fieldsFor(module), typed, full: random() < 0.7 })
    const reply = await clinic.call(name, input, { token: clinic.tokenOf(role) })
    if (reply.ok) {
      ok.add(name)
      harvest(module, reply.value)
    } else codes.set(reply.error.code, (codes.get(reply.error.code) ?? 0) + 1)
    clinic.tick(2_000)
  }
  const register = procedures.find(({ name }) => name === 'patients.register')
  if (!register) throw new Error('nobody can be registered')
  const count = () =>
    clinic.read((read) =>
      read.list((db) => db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1)),
    )[0]?.seq ?? 0
  while (count() < wanted) {
    const outcome = await clinic.call(
      'patients.register',
      { name: `Zqcanary ${calls}`, gender: 'female', birthDate: '1931-07-13', confirmedNew: true },
      { token: clinic.tokenOf('reception') },
    )
    if (outcome.ok) keep('patientId', (outcome.value as { id: string }).id)
    for (const { name, module, def } of procedures) {
      const role = random() < 0.9 ? any(may(def)) : any(roles)
      if (role) await call(name, module, def, role)
    }
  }
  await clinic.clinic.services.jobs.idle()
  const entries = clinic.audit()
  process.stderr.write(
    `${entries.length} entries, ${calls} calls at ${(clinic.now() - testStart) / 1000} s, ${ok.size} of ${procedures.length} ok ${JSON.stringify([...codes])} not: ${procedures
      .filter((p) => !ok.has(p.name))
      .map((p) => p.name)
      .join(' ')}\n`,
  )
  const told = entries.flatMap((entry) =>
    Object.entries(entry).flatMap(([column, value]) => {
      const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
      return /zqcanary|1931-07-13/i.test(text) ? [`${entry.action} ${column}`] : []
    }),
  )
  expect([...new Set(told)].filter((place) => !reasonsKept.has(place))).toEqual([])
  const wordless = [...new Set(entries.map(({ action }) => action))].filter((action) => {
    const { thing, verb } = actionParts(action)
    return !action.startsWith('test.') && (thing === null || verb === null)
  })
  expect(wordless).toEqual([])
})
