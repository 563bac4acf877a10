// AUD-08: every act of every procedure and job has plain words in the viewer.
import { expect, test } from 'vitest'
import type { Services } from '#core/rpc/services.ts'
import { modules } from '#modules/main.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import { actionParts, things, verbs } from './action-words.ts'

const noServices = new Proxy({}, { get: () => () => undefined }) as Services
const actions = modules.flatMap((m) =>
  m
    .implementations(noServices)
    .flatMap(({ contract }) =>
      Object.values(contract.procedures as Record<string, ProcedureDef>).flatMap(({ audit }) =>
        audit === false ? [] : [audit.action],
      ),
    ),
)

test('AUD-08: each procedure’s action has words for its thing and for what was done', () => {
  const without = actions.filter((action) => {
    const { thing, verb } = actionParts(action)
    return thing === null || verb === null
  })
  expect(without).toEqual([])
  expect(actions.length).toBeGreaterThan(100)
})

test('an action nobody wrote words for is told in general ones', () => {
  expect(actionParts('teapot.whistle')).toEqual({ thing: null, verb: null })
  expect(new Set(things).size).toBe(things.length)
  expect(new Set(verbs).size).toBe(verbs.length)
})
