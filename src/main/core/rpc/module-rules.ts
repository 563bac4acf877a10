// What the modules say about who may do what with whom, gathered once: for the dispatcher, and for modules that ask.
import { isRelated } from './authorize.ts'
import type { ModuleDef } from './module.ts'
import type { Services } from './services.ts'

type Rules = Pick<Services, 'mayUse' | 'isFourEyesWaived' | 'relationsOf' | 'isRelated'>

export function moduleRules(modules: readonly ModuleDef[]) {
  const relations = modules.flatMap((m) => m.relations ?? [])
  const useRules = modules.flatMap((m) => (m.mayUse ? [m.mayUse] : []))
  const waivers = new Map(modules.flatMap((m) => Object.entries(m.fourEyesWaivers ?? {})))
  const services: Rules = {
    mayUse: (read, patientId, role) => useRules.every((rule) => rule(read, patientId, role)),
    isFourEyesWaived: (read, procedure, input) => waivers.get(procedure)?.(read, input) ?? false,
    relationsOf: (read, actor, patientId, now) =>
      relations.filter((r) => r.isRelated(read, actor.userId, patientId, now, actor.role)).map((r) => r.name),
    isRelated: (read, actor, patientId, now) => isRelated(relations, read, actor, patientId, now),
  }
  return { relations, useRules, services }
}
