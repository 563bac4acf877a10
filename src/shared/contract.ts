// Builders for contracts: what a module offers, to whom, and what is written down about it.
// Both doors, the typed client, the command line and the generated tests read the same objects.
import type * as z from 'zod'
import type { DeclaredErrorCode } from './errors.ts'
import type { Access, Role } from './permissions.ts'

/** Categories of data touched, for access reports (SECURITY AUD-02, 4.4). */
export const dataCategories = [
  'account',
  'audit',
  'billing',
  'clinical',
  'configuration',
  'demographics',
  'none',
  'system',
] as const
export type DataCategory = (typeof dataCategories)[number]

export interface AuditRule<In, Out> {
  /** Dotted and stable, as it stands in the log for years: `patient.view`. */
  readonly action: string
  readonly category: DataCategory
  /** Ids of the patients whose data was touched. Absent: nobody's. */
  readonly patients?: (input: In, output: Out) => readonly string[]
  /** Short fact without clinical text, kept with the entry: a count, a status. */
  readonly detail?: (input: In, output: Out) => string
  /** Journalling calls only (reviewed list): a success leaves no entry, a refusal or failure does. */
  readonly quiet?: true
}

/** Field names of an output (or of its items) that a role with an `f` scope gets to see. Others come back empty. */
export type FieldLists = { readonly [R in Role]?: readonly string[] }

interface Common<In extends z.ZodType, Out extends z.ZodType> {
  readonly access: Access
  readonly input: In
  readonly output: Out
  readonly errors?: readonly DeclaredErrorCode[]
  /** The one patient a call is about. Scope `r` is decided on it; absent where the call names no patient. */
  readonly patient?: (input: z.infer<In>) => string
  /** Required for every role whose scope is filtered (`f`, `fr`): the golden list of AUTHZ-05. */
  readonly fields?: FieldLists
  /** Where the filtered fields stand in the output: the value itself, or the items of the named list. */
  readonly fieldsIn?: string
  /** What an act does for the person, in one line of English, for the command line and the docs. */
  readonly summary: string
  /** Answers also while the session is locked (lock screen calls only). */
  readonly whileLocked?: boolean
  /**
   * Answers also while the sign-in is not complete: `second-factor` before the factor was shown, `enrolment` while one
   * has to be set up first, `both` for either.
   */
  readonly whilePending?: 'second-factor' | 'enrolment' | 'both'
  /** Wants a password or second factor shown within the last five minutes (SECURITY 3.5): always, or for such an input. */
  readonly stepUp?: true | ((input: z.infer<In>) => boolean)
}

/** What the second person is shown of an act: ids, codes, names of settings. Never a secret, never clinical text. */
export type AskedFacts = Readonly<Record<string, string>>

export interface QueryDef<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType>
  extends Common<In, Out> {
  readonly kind: 'query'
  /** `false` only for calls on the reviewed list of `test/architecture` (no patient, no secret). */
  readonly audit: AuditRule<z.infer<In>, z.infer<Out>> | false
  /** Tables whose change makes the answer stale; the client refetches on it. */
  readonly reads: readonly string[]
}

export interface CommandDef<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType>
  extends Common<In, Out> {
  readonly kind: 'command'
  readonly audit: AuditRule<z.infer<In>, z.infer<Out>>
  /**
   * A second administrator has to agree to this very input first (AUTHZ-08): always, or for such an input. Until then the
   * call is answered with SECOND_PERSON_NEEDED; the first one files the request.
   */
  readonly fourEyes?: true | ((input: z.infer<In>) => boolean)
  /** What the second person is told about it. `user` is the id of an account and is shown as its name. */
  readonly askedFacts?: (input: z.infer<In>) => AskedFacts
}

export type ProcedureDef = QueryDef | CommandDef
export type Procedures = Readonly<Record<string, ProcedureDef>>

export interface Contract<N extends string = string, P extends Procedures = Procedures> {
  readonly module: N
  readonly procedures: P
}

export function query<In extends z.ZodType, Out extends z.ZodType>(
  def: Omit<QueryDef<In, Out>, 'kind'>,
): QueryDef<In, Out> {
  return { kind: 'query', ...def }
}

export function command<In extends z.ZodType, Out extends z.ZodType>(
  def: Omit<CommandDef<In, Out>, 'kind'>,
): CommandDef<In, Out> {
  return { kind: 'command', ...def }
}

export function contract<const N extends string, P extends Procedures>(
  module: N,
  procedures: P,
): Contract<N, P> {
  return { module, procedures }
}

export type InputOf<D> = D extends { input: infer S extends z.ZodType } ? z.infer<S> : never
/** What a caller may leave out (defaults) is optional here. */
export type CallerInputOf<D> = D extends { input: infer S extends z.ZodType } ? z.input<S> : never
export type OutputOf<D> = D extends { output: infer S extends z.ZodType } ? z.infer<S> : never
