// Letters of the privacy duty as papers: the answer to a request, and the draft of a notification.
import type { Block, PdfDocument, Span } from '#core/pdf/document-model.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { recipientsOf } from '#modules/audit/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { letterheadOf, paperSpace as space, paperText as text } from '#modules/papers/main/api.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import type { BreachCase } from '../shared/breach.ts'
import type { privacy } from '../shared/contract.ts'
import { type LetterWords, letterWords } from '../shared/letter-words.ts'
import * as q from './queries.ts'
import { requestOf } from './requests.ts'
import { rowToStep } from './steps.ts'

type Procedures = (typeof privacy)['procedures']
type Language = 'en' | 'ar'
type File = OutputOf<Procedures['letter']>

export interface LetterStyle {
  readonly words: LetterWords
  readonly locale: string
  readonly date: (text: string) => string
  readonly dateTime: (instant: string) => string
}

export function letterStyle(language: Language, country: string, timeZone: string): LetterStyle {
  const locale = Intl.DateTimeFormat.supportedLocalesOf(`${language}-${country}`)[0] ?? language
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const date = (value: string) =>
    /^\d{4}-\d\d-\d\d$/.test(value) ? day.format(new Date(`${value}T00:00:00Z`)) : value
  return {
    words: letterWords[language],
    locale,
    date,
    dateTime: (instant) => `${date(wallTimeOf(instant, timeZone).date)}, ${clock.format(new Date(instant))}`,
  }
}

export function letter(
  services: Services,
  ctx: CommandContext,
  { patientId, id, language }: InputOf<Procedures['letter']>,
): File {
  const request = requestOf(ctx.read, patientId, id)
  const patient = patientOf(ctx.read, patientId)
  if (!patient) throw new AppError('NOT_FOUND')
  if (request.state === 'open') throw new AppError('WRONG_STATE', { state: 'open' })
  const clinic = clinicOf(ctx.read)
  const style = letterStyle(language, clinic.country, clinic.timeZone)
  const { words, date } = style
  const steps = ctx.read
    .all(q.stepsOfPatient, { patient: patientId })
    .filter((step) => step.request_id === id)
    .map(rowToStep)
  const home = patient.addresses.find((a) => a.use === 'home') ?? patient.addresses[0]
  const town = [home?.postalCode, home?.city].filter(Boolean).join(' ')
  const address = [patient.name, ...(home?.lines?.split('\n') ?? []), town].filter((line) => line !== '')
  const blocks: Block[] = [
    ...address.map((line) => text(line)),
    space(18),
    text([
      { text: `${words.date}: `, tone: 'soft' },
      { text: date(wallTimeOf(ctx.now, clinic.timeZone).date) },
    ]),
    text([{ text: `${words.recordNumber}: `, tone: 'soft' }, { text: patient.recordNumber }]),
    space(14),
    text(words.dear(patient.name)),
    space(8),
    text([
      { text: `${words.asked(date(request.receivedOn))} ` },
      { text: words.kinds[request.kind], bold: true },
    ]),
    ...(request.words === null ? [] : [space(6), labelled(words.yourWords, request.words)]),
    space(12),
    text([{ text: words.answers[request.state], bold: true }], { size: 12.5 }),
    // What an erasure comes to stands in the table; its own line is for machines.
    ...(request.reason === null || steps.length > 0
      ? []
      : [space(6), labelled(words.reason, request.reason)]),
    ...(steps.length === 0 ? [] : [space(8), stepTable(style, steps), space(6), text(words.meanwhile)]),
    ...recipientsTold(ctx, style, patientId, request),
    ...(request.state === 'refused' || request.state === 'partly' ? [space(10), text(words.disagree)] : []),
    space(10),
    text(words.complain),
    space(20),
    text(words.kind),
    space(34),
    text(ctx.actor.userName),
  ]
  return issue(services, ctx, words.title, 'answer', language, blocks)
}

/** Whom we told of an erasure, from the list of disclosures (GDPR article 19). */
function recipientsTold(
  ctx: CommandContext,
  { words, date }: LetterStyle,
  patientId: string,
  { kind, state }: Pick<ReturnType<typeof requestOf>, 'kind' | 'state'>,
): Block[] {
  if (kind !== 'erasure' || !['granted', 'partly'].includes(state)) return []
  const lines = recipientsOf(ctx, patientId).map(({ recipient, occurredAt }) =>
    text(`• ${recipient}, ${date(occurredAt.slice(0, 10))}`, { before: 3 }),
  )
  return [space(10), text(lines.length === 0 ? words.nobodyTold : words.recipientsTold), ...lines]
}

function stepTable({ words, date }: LetterStyle, steps: readonly ReturnType<typeof rowToStep>[]): Block {
  const cell = (value: string): Span[][] => [[{ text: value }]]
  return {
    kind: 'table',
    columns: [{ share: 1.3 }, { share: 1 }, { share: 1.2 }],
    head: [words.what, words.when, words.law],
    rows: steps.map((step) => [
      cell(words.categories[step.category]),
      cell(
        step.action === 'erase'
          ? words.erasedNow
          : step.until === null
            ? words.keptOpen
            : words.keptUntil(date(step.until)),
      ),
      cell(step.action === 'erase' ? '' : step.basis),
    ]),
  }
}

export function breachDraft(
  services: Services,
  ctx: CommandContext,
  found: BreachCase,
  counted: { readonly people: number; readonly kinds: readonly string[] },
  language: Language,
): File {
  const clinic = clinicOf(ctx.read)
  const style = letterStyle(language, clinic.country, clinic.timeZone)
  const { breach } = style.words
  const number = new Intl.NumberFormat(style.locale).format(counted.people)
  const { from, until } = found.question
  const blocks: Block[] = [
    text([{ text: breach.draft, tone: 'danger', bold: true }]),
    space(8),
    labelled(
      breach.happened,
      `${breach.kinds[found.kind]}, ${breach.between(style.dateTime(from), style.dateTime(until))}`,
    ),
    labelled(breach.discovered, style.dateTime(found.discoveredAt)),
    labelled(breach.due, style.dateTime(found.dueAt)),
    labelled(breach.people, number),
    labelled(breach.data, counted.kinds.map((kind) => breach.dataKinds[kind] ?? kind).join(', ')),
    ...breach.fill.flatMap((line) => [space(12), text([{ text: line, bold: true }]), space(48)]),
    labelled(breach.contact, ctx.actor.userName),
  ]
  return issue(services, ctx, breach.title, 'breach', language, blocks)
}

const labelled = (label: string, value: string): Block =>
  text([{ text: `${label}: `, tone: 'soft' }, { text: value }], { before: 4 })

function issue(
  services: Services,
  ctx: CommandContext,
  title: string,
  what: string,
  language: Language,
  blocks: readonly Block[],
): File {
  const head = letterheadOf(ctx.read)
  const document: PdfDocument = {
    page: 'A4',
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    title,
    createdAt: ctx.now,
    blocks: [
      ...head.nameLines.map((line, n) => text([{ text: line, bold: n === 0 }], n === 0 ? { size: 16 } : {})),
      ...[...head.address, head.phone, head.email].flatMap((line) =>
        line === null ? [] : [text([{ text: line, tone: 'soft' as const }], { size: 9.5 })],
      ),
      space(8),
      { kind: 'rule', isStrong: true },
      space(16),
      text([{ text: title, bold: true }], { size: 17 }),
      space(12),
      ...blocks,
    ],
    runningHead: [{ text: title, tone: 'soft' }],
    footer: {
      start: [{ text: head.nameLines[0] ?? '', tone: 'soft' }],
      end: [{ text: '{page}/{pages}', tone: 'soft' }],
    },
  }
  const name = `${what}-${ctx.now.slice(0, 10)}.pdf`
  const token = services.downloads.issue(ctx.actor, {
    type: 'application/pdf',
    name,
    open: async () => (await services.makePdf(document)).bytes,
  })
  return { token, name }
}
