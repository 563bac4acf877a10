// What the codes module offers, to whom, and what is written down about it. Read this page first.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

const nullable = z.string().nullable()
const text = z.string().max(200)
const limit = z.number().int().min(1).max(50).default(20)

export const icd10cmSystem = 'http://hl7.org/fhir/sid/icd-10-cm'

export const ProblemHit = z.strictObject({
  system: z.string(),
  /** As people write it: "E11.9". */
  code: z.string(),
  display: z.string(),
  /** Fine enough for a bill; headings are not. */
  billable: z.boolean(),
  /** Headings above it, the widest first. */
  parents: z.array(z.strictObject({ code: z.string(), display: z.string() })),
  /** Why it is here: by its code, by use in this clinic, as what a short word means, by its words. */
  by: z.enum(['code', 'used', 'short', 'words']),
})
export type ProblemHit = z.infer<typeof ProblemHit>

export const noteKinds = [
  'includes',
  'inclusionTerm',
  'excludes1',
  'excludes2',
  'codeFirst',
  'codeAlso',
  'useAdditionalCode',
] as const

export const substanceKinds = ['food', 'medication', 'environment', 'biologic'] as const
export const SubstanceHit = z.strictObject({
  system: z.string(),
  code: z.string(),
  display: z.string(),
  category: z.enum(substanceKinds).nullable(),
  /** The brand, word or other name that was typed, where `display` does not show it. */
  via: nullable,
  by: z.enum(['used', 'words']),
})
export type SubstanceHit = z.infer<typeof SubstanceHit>

/** Catalogues an administrator can replace by a newer edition. */
export const loadable = ['icd10cm'] as const

export const editionStates = ['waiting', 'reading', 'ready', 'refused', 'stopped'] as const
export const LoadedEdition = z.strictObject({
  id: Id,
  edition: z.string(),
  fileName: z.string(),
  loadedAt: Instant,
  loadedByName: nullable,
  state: z.enum(editionStates),
  inUse: z.boolean(),
  rows: z.number().int().nullable(),
  /** Against the edition in use when it was read. */
  added: z.number().int().nullable(),
  gone: z.number().int().nullable(),
  changed: z.number().int().nullable(),
  /** Codes written down in this clinic that this edition has no more: entries keep their words. */
  goneInUse: z.number().int().nullable(),
  fault: nullable,
  faultLine: z.number().int().nullable(),
})
export type LoadedEdition = z.infer<typeof LoadedEdition>

export const CodeSet = z.strictObject({
  catalogue: z.string(),
  title: z.string(),
  /** Of the edition in use. */
  edition: z.string(),
  source: z.string(),
  licence: z.string(),
  /** `null` while it is being made ready, or when a loaded edition is missing on this computer. */
  rows: z.number().int().nullable(),
  /** The edition that came with the program is in use. */
  bundled: z.boolean(),
  bundledEdition: z.string(),
  canLoad: z.boolean(),
  loaded: z.array(LoadedEdition),
})
export type CodeSet = z.infer<typeof CodeSet>

const editionAudit = (action: string) => ({ action, category: 'configuration' }) as const

export const codes = contract('codes', {
  searchProblems: query({
    summary: 'Find problems by code, words, beginnings of words or short words, most usual first.',
    access: 'reference.R',
    // Asked with every letter typed; holds nothing about any patient. What is chosen is audited when it is recorded.
    audit: false,
    reads: ['catalogue', 'code_set_edition', 'code_use'],
    input: z.strictObject({ text, limit }),
    output: z.strictObject({ items: z.array(ProblemHit), edition: z.string() }),
  }),
  problem: query({
    summary: 'One code with its headings and the notes of the code set.',
    access: 'reference.R',
    audit: { action: 'code.view', category: 'none' },
    reads: ['catalogue', 'code_set_edition'],
    input: z.strictObject({ code: z.string().min(3).max(10) }),
    output: ProblemHit.omit({ by: true }).extend({
      notes: z.array(z.strictObject({ kind: z.enum(noteKinds), text: z.string() })),
    }),
  }),
  searchSubstances: query({
    summary: 'Find substances by name, brand or everyday word, most usual first.',
    access: 'reference.R',
    audit: false,
    reads: ['catalogue', 'code_use'],
    input: z.strictObject({ text, limit }),
    output: z.strictObject({ items: z.array(SubstanceHit) }),
  }),
  editions: query({
    summary:
      'Which code sets are here: edition, source, licence, size, and editions loaded by administrators.',
    access: 'reference.R',
    audit: { action: 'code-set.list', category: 'configuration' },
    reads: ['catalogue', 'code_set_edition', 'code_set_progress'],
    input: z.strictObject({}),
    output: z.strictObject({ sets: z.array(CodeSet) }),
  }),
  loadEdition: command({
    summary: 'Announce the file of a newer edition; answers with a one-time token for the upload route.',
    access: 'reference.M',
    audit: editionAudit('code-set.load'),
    input: z.strictObject({
      catalogue: z.enum(loadable),
      edition: z.string().trim().min(2).max(100),
      fileName: z.string().min(1).max(500),
    }),
    output: z.strictObject({ id: Id, token: z.string() }),
  }),
  useEdition: command({
    summary:
      'Search another edition from now on; without an id the one that came with the program (going back).',
    access: 'reference.M',
    audit: editionAudit('code-set.use'),
    input: z.strictObject({ catalogue: z.enum(loadable), id: Id.nullable() }),
    output: z.strictObject({ inUse: Id.nullable(), before: Id.nullable() }),
    errors: ['BATCH_NOT_READY'],
  }),
  dropEdition: command({
    summary: 'Remove a loaded edition that is not in use.',
    access: 'reference.M',
    audit: editionAudit('code-set.drop'),
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ id: Id }),
    errors: ['BATCH_RUNNING'],
  }),
})
