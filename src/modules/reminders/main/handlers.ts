// Reminders: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { reminders } from '../shared/contract.ts'
import { consent, setConsent } from './consent.ts'
import { decideByHand, log, ofPatient } from './log.ts'
import { sendJob } from './send-job.ts'
import { removeTemplate, saveMail, saveTemplate, saveTiming, settings } from './settings.ts'
import * as tables from './tables.ts'
import { testMail } from './test-mail.ts'

export const remindersModule: ModuleDef = {
  name: 'reminders',
  tables: Object.values(tables),
  implementations: (services) => [
    implement(reminders, {
      settings,
      saveMail,
      testMail: testMail(),
      saveTiming,
      saveTemplate,
      removeTemplate,
      log: (ctx, input) => log(services, ctx, input),
      ofPatient,
      decide: decideByHand,
      consent,
      setConsent,
    }),
  ],
  schedule: (services) => [sendJob(services)],
}
