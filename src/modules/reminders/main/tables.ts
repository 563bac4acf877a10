// Consent to be written to, the log of what was sent, words and times. The mail account stays on this computer.
import { localTable, patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** One row a patient and channel, its id made from both: two computers cannot hold two answers unnoticed. */
export const communicationConsent = patientTable('communication_consent', 140, 'review', {
  /** status: yes, no or unknown; without a row nobody has asked yet. */
  consent: { channel: 'text', status: 'text', recorded_at: 'text', recorded_by: 'text?' },
})

/**
 * One row for each visit, start, channel and lead time, its id made from these: a second reminder for the same would be a
 * second row with the same id, which cannot be.
 */
export const reminderSend = patientTable('reminder_send', 141, 'plain', {
  occurrence: { appointment_id: 'text', start_at: 'text', channel: 'text', lead_minutes: 'int' },
  /** planned, sending, sent, failed, unclear, skipped; `reason` for the last three. */
  state: {
    state: 'text',
    reason: 'text?',
    state_at: 'text',
    due_at: 'text',
    tries: 'int',
    reply_code: 'int?',
  },
  message: { address: 'text?', language: 'text?', subject: 'text?', body: 'text?', message_id: 'text?' },
  /** What a person decided about a reminder that failed or may have gone out. */
  hand: { resends: 'int', handled: 'int', hand_reason: 'text?' },
})

/** One row; absent until somebody changes what is built in. */
export const reminderSetting = syncedTable('reminder_setting', 142, 'plain', {
  timing: { lead_minutes: 'text', quiet_from: 'int', quiet_to: 'int' },
  visit_types: { types_off: 'text' },
  contact: { phone: 'text?' },
})

export const reminderTemplate = syncedTable('reminder_template', 143, 'plain', {
  message: { language: 'text', subject: 'text', body: 'text' },
})

/**
 * The account at the mail server, one row. Local: what is synced is kept in commits for good and on every computer, a
 * password must be neither (docs/adr/0019). It also says which computer sends: the one that has it.
 */
export const mailAccount = localTable('mail_account', {
  one: 'int',
  rev: 'int',
  enabled: 'int',
  host: 'text',
  port: 'int',
  /** starttls, implicit, or none on this computer itself. */
  tls: 'text',
  ca_pem: 'text?',
  user_name: 'text?',
  password: 'text?',
  from_name: 'text',
  from_address: 'text',
  reply_to: 'text?',
})

declare module '#core/store/database.ts' {
  interface Database {
    communication_consent: RowOf<typeof communicationConsent>
    reminder_send: RowOf<typeof reminderSend>
    reminder_setting: RowOf<typeof reminderSetting>
    reminder_template: RowOf<typeof reminderTemplate>
    mail_account: RowOf<typeof mailAccount>
  }
}
