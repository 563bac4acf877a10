// Mail account, times and words: read with what is built in where the clinic has set nothing, saved against the version
// the person saw.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import {
  type MailAccount,
  type reminders as contract,
  type Settings,
  type Template,
  type Timing,
} from '../shared/contract.ts'
import { builtInTemplates } from '../shared/template.ts'
import * as q from './queries.ts'
import { mailAccount, reminderSetting, reminderTemplate } from './tables.ts'
import { visitTypeNames } from './visits.ts'

type Input<K extends keyof (typeof contract)['procedures']> = InputOf<(typeof contract)['procedures'][K]>
export type AccountRow = RowOf<typeof mailAccount>

/** Two days and two hours before; nothing between eight in the evening and eight in the morning. */
const builtInTiming: Timing = {
  rev: 0,
  leads: [2880, 120],
  quietFrom: 20 * 60,
  quietTo: 8 * 60,
  phone: null,
  typesOff: [],
}

export function accountOf(read: Reader): MailAccount {
  const row = read.get(q.accountRow, {})
  return {
    rev: row?.rev ?? 0,
    enabled: row?.enabled === 1,
    host: row?.host ?? '',
    port: row?.port ?? 587,
    tls: (row?.tls ?? 'starttls') as MailAccount['tls'],
    caPem: row?.ca_pem ?? null,
    userName: row?.user_name ?? null,
    passwordSet: (row?.password ?? null) !== null,
    fromName: row?.from_name ?? '',
    fromAddress: row?.from_address ?? '',
    replyTo: row?.reply_to ?? null,
  }
}

export function timingOf(read: Reader): Timing {
  const row = read.get(q.settingRow, {})
  if (!row) return builtInTiming
  return {
    rev: row.rev,
    leads: JSON.parse(row.lead_minutes) as number[],
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
    phone: row.phone,
    typesOff: JSON.parse(row.types_off) as string[],
  }
}

export function templatesOf(read: Reader): Template[] {
  const own = new Map(read.all(q.templateRows, {}).map((row) => [row.language, row]))
  const languages = [...new Set([...Object.keys(builtInTemplates), ...own.keys()])]
  return languages.map((language) => {
    const row = own.get(language)
    const builtIn = builtInTemplates[language]
    return {
      language,
      subject: row?.subject ?? builtIn?.subject ?? '',
      body: row?.body ?? builtIn?.body ?? '',
      rev: row?.rev ?? 0,
      hasBuiltIn: builtIn !== undefined,
    }
  })
}

export function settings({ read }: QueryContext): Settings {
  return {
    mail: accountOf(read),
    timing: timingOf(read),
    templates: templatesOf(read),
    visitTypes: visitTypeNames(read),
  }
}

const requireRev = (seen: number, now: number) => {
  if (seen !== now) throw new AppError('CONFLICT', { rev: now })
}

export function saveMail({ read, write }: CommandContext, input: Input<'saveMail'>): MailAccount {
  const before = read.get(q.accountRow, {})
  requireRev(input.rev, before?.rev ?? 0)
  // A password belongs to the server it was given for: another one must not be handed it.
  const kept =
    before && before.host === input.host && before.user_name === input.userName ? before.password : null
  const password = input.password === undefined ? kept : input.password
  if (input.userName !== null && password === null) {
    throw new AppError('INVALID_INPUT', { fields: ['password: required'] })
  }
  write.putLocal(mailAccount, {
    one: 1,
    rev: input.rev + 1,
    enabled: input.enabled ? 1 : 0,
    host: input.host,
    port: input.port,
    tls: input.tls,
    ca_pem: input.caPem,
    user_name: input.userName,
    password: input.userName === null ? null : password,
    from_name: input.fromName,
    from_address: input.fromAddress,
    reply_to: input.replyTo,
  })
  return accountOf(read)
}

export function saveTiming({ read, write }: CommandContext, input: Input<'saveTiming'>): Timing {
  const row = read.get(q.settingRow, {})
  requireRev(input.rev, row?.rev ?? 0)
  const values = {
    lead_minutes: JSON.stringify(input.leads.toSorted((a, b) => b - a)),
    quiet_from: input.quietFrom,
    quiet_to: input.quietTo,
    phone: input.phone === '' ? null : input.phone,
    types_off: JSON.stringify(input.typesOff),
  }
  if (row) write.update(reminderSetting, row.id, row.rev, values)
  else write.insert(reminderSetting, values)
  return timingOf(read)
}

export function saveTemplate({ read, write }: CommandContext, input: Input<'saveTemplate'>): Template {
  const { language, subject, body, rev } = input
  const row = read.all(q.templateRows, {}).find((each) => each.language === language)
  requireRev(rev, row?.rev ?? 0)
  if (row) write.update(reminderTemplate, row.id, row.rev, { subject, body })
  else write.insert(reminderTemplate, { language, subject, body })
  const saved = templatesOf(read).find((each) => each.language === language)
  if (!saved) throw new AppError('INTERNAL')
  return saved
}

export function removeTemplate({ read, write }: CommandContext, input: Input<'removeTemplate'>) {
  const row = read.all(q.templateRows, {}).find((each) => each.language === input.language)
  if (!row) throw new AppError('NOT_FOUND')
  write.void(reminderTemplate, row.id, input.rev, 'own words taken away')
  return { language: input.language }
}
