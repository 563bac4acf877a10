// Privacy: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { privacy } from '../shared/contract.ts'
import { amendmentsToSee, answerAmendment, askAmendment, disagree, listItems } from './amendments.ts'
import { breachLetter, closeBreach, investigate, listAffected, listBreaches, openBreach } from './breach.ts'
import { erase, erasurePlan, listErasures, purgeJob } from './erasure.ts'
import { createExports } from './export.ts'
import { letter } from './letters.ts'
import { decide, getRequest, listRequests, ofPatient, receive } from './requests.ts'
import { lift, marks, restrict, roleMayUse } from './restrictions.ts'
import { saveSettings, settings } from './settings.ts'
import * as tables from './tables.ts'

function implementation(services: Services) {
  const exports = createExports(services)
  return implement(privacy, {
    requests: listRequests,
    request: getRequest,
    ofPatient,
    receive,
    decide,
    letter: (ctx, input) => letter(services, ctx, input),
    marks,
    restrict,
    lift,
    askAmendment,
    items: listItems,
    amendments: amendmentsToSee,
    answerAmendment,
    disagree,
    erasurePlan: (ctx, input) => erasurePlan(services, ctx, input),
    erase: (ctx, input) => erase(services, ctx, input),
    erasures: listErasures,
    settings,
    saveSettings,
    exportRecord: (ctx, input) => exports.start(ctx, input),
    exportState: (ctx, input) => exports.state(ctx, input),
    fetchExport: (ctx, input) => exports.fetch(ctx, input),
    investigate,
    listAffected: (ctx, input) => listAffected(services, ctx, input),
    openBreach,
    breaches: listBreaches,
    closeBreach,
    breachLetter: (ctx, input) => breachLetter(services, ctx, input),
  })
}

export const privacyModule: ModuleDef = {
  name: 'privacy',
  tables: Object.values(tables),
  implementations: (services) => [implementation(services)],
  mayUse: roleMayUse,
  schedule: (services) => [purgeJob(services)],
}
