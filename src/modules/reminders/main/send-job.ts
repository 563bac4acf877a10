// The job of every minute: plan, then send what is due, one after the other over one connection. Written "sending" before
// the server hears of it and never taken up again by itself: a reminder may fail to come, it never comes twice.
import type { ScheduledContext, ScheduledJob, JobResult } from '#core/jobs/scheduled.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { addMinutes } from '#shared/zoned-time.ts'
import { isMailAddress } from '../shared/address.ts'
import { maxTries } from '../shared/timing.ts'
import { decideAgain, type Facts, factsOf, type SendRow } from './decide.ts'
import { messageIdOf } from './keys.ts'
import { type Message, messageOf } from './message.ts'
import { isEmpty, patientsOf, planSends, writePlan } from './plan.ts'
import * as q from './queries.ts'
import { type MailSession, MailFailure, openMailSession, type SendOutcome, type SmtpAccount } from './smtp.ts'
import { reminderSend } from './tables.ts'

/** What one run hands to the mail server at most: providers stop those who send in bursts. */
const mailsPerRun = 30
/** Longer than any conversation about one message may last. */
export const unclearAfterMinutes = 10

export function sendJob(services: Pick<Services, 'lastChangedAt'>): ScheduledJob {
  return {
    name: 'reminders.send',
    cron: '* * * * *',
    run: (ctx) => runReminders(ctx, (read, now) => factsAt(services, read, now)),
  }
}

type FactsAt = (read: Reader, now: string) => Facts

export function factsAt(services: Pick<Services, 'lastChangedAt'>, read: Reader, now: string): Facts {
  return factsOf(read, now, (id) => services.lastChangedAt(read, 'appointment', id))
}

async function runReminders(ctx: ScheduledContext, facts: FactsAt): Promise<JobResult> {
  const nowText = () => new Date(ctx.now()).toISOString()
  giveUpInterrupted(ctx, nowText())
  const account = ctx.read(smtpAccountOf)
  // Without an account nothing is planned: the log is not to fill with what nobody wanted.
  if (!account) return {}
  const plan = ctx.read((read) => planSends(facts(read, nowText())))
  if (!isEmpty(plan)) {
    ctx.transact(
      { action: 'reminder.plan', category: 'demographics', patients: patientsOf(plan) },
      // Planned again on what stands in this transaction: a visit may have moved since it was read.
      (tx) => writePlan(tx, planSends(facts(tx.read, tx.now))),
    )
  }
  return await sendDue(ctx, facts, account, nowText)
}

/** A process that ended in the middle cannot say what became of its message: a person decides (FEATURES C9). */
function giveUpInterrupted(ctx: ScheduledContext, now: string): void {
  const rows = ctx.read((read) => read.all(q.sendingSince, { before: addMinutes(now, -unclearAfterMinutes) }))
  for (const row of rows) {
    ctx.transact(
      { action: 'reminder.unclear', category: 'demographics', patients: [row.patient_id] },
      (tx) => {
        if (tx.read.get(q.sendById, { id: row.id })?.rev !== row.rev) return
        tx.write.update(reminderSend, row.id, row.rev, {
          state: 'unclear',
          reason: 'interrupted',
          state_at: tx.now,
        })
      },
    )
  }
}

async function sendDue(
  ctx: ScheduledContext,
  facts: FactsAt,
  account: SmtpAccount,
  nowText: () => string,
): Promise<JobResult> {
  const due = ctx.read((read) => read.all(q.plannedBefore, { now: nowText(), limit: mailsPerRun }))
  let session: MailSession | null = null
  try {
    for (const { id } of due) {
      if (ctx.signal.aborted) return {}
      // Asked before connecting: most of what changed meanwhile needs no server.
      if (!ctx.read((read) => isStillDue(facts(read, nowText()), id))) {
        settle(ctx, facts, id)
        continue
      }
      if (!session?.isAlive()) {
        session?.close()
        session = await openMailSession(account, { signal: ctx.signal })
      }
      const begun = begin(ctx, facts, id, account)
      if (!begun) continue
      const outcome = await session.send({
        to: { name: begun.message.name, address: begun.message.address },
        subject: begun.message.subject,
        text: begun.message.body,
        language: begun.message.language,
        messageId: begun.messageId,
        at: new Date(ctx.now()),
      })
      finish(ctx, facts, begun.row, outcome)
    }
    return {}
  } catch (error) {
    if (error instanceof MailFailure) return { problem: error.problem }
    throw error
  } finally {
    session?.close()
  }
}

function isStillDue(facts: Facts, id: string): boolean {
  const row = facts.read.get(q.sendById, { id })
  if (row?.state !== 'planned') return false
  const decision = decideAgain(facts, row)
  return 'dueAt' in decision && decision.dueAt <= facts.now
}

/** Writes down what is no longer to be sent now: skipped, or later. */
function settle(ctx: ScheduledContext, facts: FactsAt, id: string): void {
  const patientId = ctx.read((read) => read.get(q.sendById, { id }))?.patient_id
  if (patientId === undefined) return
  ctx.transact({ action: 'reminder.put-off', category: 'demographics', patients: [patientId] }, (tx) => {
    const row = tx.read.get(q.sendById, { id })
    if (row?.state !== 'planned') return
    const decision = decideAgain(facts(tx.read, tx.now), row)
    if ('skip' in decision) {
      tx.write.update(reminderSend, id, row.rev, {
        state: 'skipped',
        reason: decision.skip,
        state_at: tx.now,
      })
    } else if (decision.dueAt > tx.now) {
      // `state_at` stays: the pause after a failed try is counted from it.
      tx.write.update(reminderSend, id, row.rev, { due_at: decision.dueAt })
    }
  })
}

interface Begun {
  readonly row: SendRow
  readonly message: Message
  readonly messageId: string
}

/** The last look and the mark "sending", in one transaction. `null` when it is not to be sent after all. */
function begin(ctx: ScheduledContext, facts: FactsAt, id: string, account: SmtpAccount): Begun | null {
  const patientId = ctx.read((read) => read.get(q.sendById, { id }))?.patient_id
  if (patientId === undefined) return null
  return ctx.transact(
    { action: 'reminder.begin', category: 'demographics', patients: [patientId] },
    (tx): Begun | null => {
      if (!isStillDue(facts(tx.read, tx.now), id)) return null
      const row = tx.read.get(q.sendById, { id })
      if (!row) return null
      const message = messageOf(tx.read, row)
      if (!isMailAddress(message.address)) return null
      const messageId = messageIdOf(row.id, row.resends, account.fromAddress)
      const changes = {
        state: 'sending',
        reason: null,
        state_at: tx.now,
        tries: row.tries + 1,
        reply_code: null,
        address: message.address,
        language: message.language,
        subject: message.subject,
        body: message.body,
        message_id: messageId,
      }
      const rev = tx.write.update(reminderSend, id, row.rev, changes)
      return { row: { ...row, ...changes, rev }, message, messageId }
    },
  )
}

function finish(ctx: ScheduledContext, facts: FactsAt, row: SendRow, outcome: SendOutcome): void {
  ctx.transact(
    {
      action: 'reminder.send',
      category: 'demographics',
      patients: [row.patient_id],
      detail: `${row.channel} ${row.lead_minutes} min: ${outcome.kind}`,
    },
    (tx) => {
      const changes = afterOutcome(facts(tx.read, tx.now), row, outcome)
      tx.write.update(reminderSend, row.id, row.rev, { ...changes, state_at: tx.now })
    },
  )
}

function afterOutcome(facts: Facts, row: SendRow, outcome: SendOutcome): Partial<SendRow> {
  if (outcome.kind === 'unclear') return { state: 'unclear', reason: 'connection-lost' }
  const reply = { reply_code: outcome.replyCode }
  if (outcome.kind === 'sent') return { state: 'sent', ...reply, due_at: facts.now }
  if (outcome.kind === 'refused') return { state: 'failed', reason: 'refused', ...reply }
  if (row.tries >= maxTries) return { state: 'failed', reason: 'too-many-tries', ...reply }
  const decision = decideAgain(facts, { ...row, state: 'planned', state_at: facts.now })
  if ('skip' in decision) {
    const isTime = decision.skip === 'too-late' || decision.skip === 'quiet-hours'
    return isTime
      ? { state: 'failed', reason: 'too-many-tries', ...reply }
      : { state: 'skipped', reason: decision.skip, ...reply }
  }
  return { state: 'planned', due_at: decision.dueAt, ...reply }
}

/** The account if this computer is to send; with its password, so for this job and the test mail alone. */
export function smtpAccountOf(read: Reader): SmtpAccount | null {
  const row = read.get(q.accountRow, {})
  return row?.enabled === 1 ? rowToSmtpAccount(row) : null
}

export function rowToSmtpAccount(row: {
  readonly host: string
  readonly port: number
  readonly tls: string
  readonly ca_pem: string | null
  readonly user_name: string | null
  readonly password: string | null
  readonly from_name: string
  readonly from_address: string
  readonly reply_to: string | null
}): SmtpAccount {
  return {
    host: row.host,
    port: row.port,
    tls: row.tls as SmtpAccount['tls'],
    caPem: row.ca_pem,
    userName: row.user_name,
    password: row.password,
    fromName: row.from_name,
    fromAddress: row.from_address,
    replyTo: row.reply_to,
  }
}
