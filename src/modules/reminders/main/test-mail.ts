// The test mail: the same account, the same conversation, to an address the admin types.
import type { CommandContext, PreparedHandler } from '#core/rpc/context.ts'
import { prepared } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { MailProblem, reminders as contract } from '../shared/contract.ts'
import * as q from './queries.ts'
import { rowToSmtpAccount } from './send-job.ts'
import { MailFailure, openMailSession } from './smtp.ts'

type Def = (typeof contract)['procedures']['testMail']
type Result = OutputOf<Def>

/** Nobody's mailbox is filled from here. */
const testsPerHour = 20

export function testMail(): PreparedHandler<Def, Result> {
  let recent: number[] = []
  return prepared<Def, Result>({
    async prepare({ read, nowMs, opId }, { to }: InputOf<Def>) {
      recent = recent.filter((at) => at > nowMs - 3_600_000 && at <= nowMs)
      if (recent.length >= testsPerHour) throw new AppError('TOO_MANY_TRIES')
      recent.push(nowMs)
      const row = read.get(q.accountRow, {})
      if (!row) return { problem: 'no-account', replyCode: null }
      const account = rowToSmtpAccount(row)
      const { name } = clinicOf(read)
      try {
        const session = await openMailSession(account)
        try {
          const outcome = await session.send({
            to: { name: '', address: to },
            subject: `Osler: test / اختبار (${name})`,
            text: 'This is a test. Reminders can be sent.\n\nهذا اختبار. يمكن إرسال التذكيرات.\n',
            language: 'en',
            messageId: `<test.${opId}@${account.fromAddress.split('@')[1] ?? 'osler.invalid'}>`,
            at: new Date(nowMs),
          })
          if (outcome.kind === 'sent') return { problem: null, replyCode: outcome.replyCode }
          const problem: MailProblem = outcome.kind === 'unclear' ? 'connection-lost' : outcome.kind
          return { problem, replyCode: outcome.kind === 'unclear' ? null : outcome.replyCode }
        } finally {
          session.close()
        }
      } catch (error) {
        if (error instanceof MailFailure) return { problem: error.problem, replyCode: error.replyCode }
        throw error
      }
    },
    run: (_ctx: CommandContext, _input, result) => result,
  })
}
