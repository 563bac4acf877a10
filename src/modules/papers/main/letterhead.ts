// The letterhead: read with defaults where nobody has set one, changed by an admin, its logo looked at before it is kept.
import type { CommandContext, PrepareContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { papers } from '../shared/contract.ts'
import {
  defaultSettings,
  type Letterhead,
  type Logo,
  type PaperSettings,
  StoredSettings,
} from '../shared/settings.ts'
import { logoFault } from './logo.ts'
import * as q from './queries.ts'
import { letterhead } from './tables.ts'
import { logoTrial } from './templates/logo-trial.ts'

type Procedures = (typeof papers)['procedures']

export function letterheadOf(read: Reader): Letterhead {
  const clinic = clinicOf(read)
  const row = read.get(q.letterheadRow, { id: clinic.id })
  const settings = defaultSettings(clinic.country)
  if (!row) {
    const empty = { phone: null, email: null, registration: null, taxNumber: null, bank: null, footer: null }
    const language = clinic.locale.startsWith('ar') ? 'ar' : 'en'
    return { rev: 0, nameLines: [clinic.name], address: [], ...empty, language, settings, logo: null }
  }
  const stored = StoredSettings.safeParse(JSON.parse(row.settings))
  return {
    rev: row.rev,
    nameLines: JSON.parse(row.name_lines) as string[],
    address: JSON.parse(row.address) as string[],
    phone: row.phone,
    email: row.email,
    registration: row.registration,
    taxNumber: row.tax_number,
    bank: row.bank,
    footer: row.footer,
    language: row.language === 'ar' ? 'ar' : 'en',
    // A kind of paper that came later has no settings yet.
    settings: { ...settings, ...(stored.success ? stored.data : {}) } as PaperSettings,
    logo: logoOf(row),
  }
}

function logoOf(row: { logo: Uint8Array | null; logo_type: string | null }): Logo | null {
  if (row.logo === null) return null
  const type = row.logo_type === 'image/png' ? 'image/png' : 'image/jpeg'
  return { type, data: Buffer.from(row.logo).toString('base64') }
}

export const getLetterhead = ({ read }: QueryContext): Letterhead => letterheadOf(read)

export function saveLetterhead(
  ctx: CommandContext,
  input: InputOf<Procedures['saveLetterhead']>,
): Letterhead {
  const { values } = input
  put(ctx, input.rev, {
    name_lines: JSON.stringify(values.nameLines),
    address: JSON.stringify(values.address),
    phone: values.phone,
    email: values.email,
    registration: values.registration,
    tax_number: values.taxNumber,
    bank: values.bank,
    footer: values.footer,
    language: values.language,
    settings: JSON.stringify(values.settings),
  })
  return letterheadOf(ctx.read)
}

/** Size, magic bytes and pixels here; whether it can be decoded is tried where a broken one does no harm: in the worker. */
export async function checkLogo(
  services: Services,
  ctx: PrepareContext,
  { logo }: InputOf<Procedures['setLogo']>,
): Promise<void> {
  if (logo === null) return
  const fault = logoFault(logo)
  if (fault) throw new AppError('INVALID_INPUT', { fields: [`logo: ${fault}`] })
  try {
    await services.makePdf(logoTrial(logo, ctx.now))
  } catch {
    throw new AppError('INVALID_INPUT', { fields: ['logo: unreadable'] })
  }
}

export function setLogo(ctx: CommandContext, input: InputOf<Procedures['setLogo']>): Letterhead {
  const logo = input.logo && new Uint8Array(Buffer.from(input.logo.data, 'base64'))
  put(ctx, input.rev, { logo, logo_type: input.logo?.type ?? null })
  return letterheadOf(ctx.read)
}

type Values = Parameters<CommandContext['write']['update']>[3]

function put(ctx: CommandContext, rev: number, changes: Values): void {
  const { id } = clinicOf(ctx.read)
  const before = letterheadOf(ctx.read)
  if (before.rev !== rev) throw new AppError('CONFLICT', { rev: before.rev })
  if (rev > 0) return void ctx.write.update(letterhead, id, rev, changes as never)
  ctx.write.insert(letterhead, {
    id,
    name_lines: JSON.stringify(before.nameLines),
    address: '[]',
    language: before.language,
    settings: JSON.stringify(before.settings),
    ...changes,
  } as never)
}
