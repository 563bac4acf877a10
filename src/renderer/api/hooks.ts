// Reading and acting through contracts: TanStack Query around the client, refetching by announced tables.
import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { CallerInputOf, Contract, OutputOf, QueryDef } from '#shared/contract.ts'
import { type ApiError, type Client, createClient, isApiError, newOpId } from './client.ts'
import { noteConnection } from './connection.ts'
import { onLeave, sessionEnded, sessionLocked } from './session-store.ts'
import { askStepUp, type StepUpKind } from './step-up.ts'

type NameOf<C extends Contract, Kind> = {
  [K in keyof C['procedures'] & string]: C['procedures'][K] extends Kind ? K : never
}[keyof C['procedures'] & string]
export type QueryName<C extends Contract> = NameOf<C, { kind: 'query' }>
export type CommandName<C extends Contract> = NameOf<C, { kind: 'command' }>
export type InputFor<C extends Contract, K extends keyof C['procedures']> = CallerInputOf<C['procedures'][K]>
export type OutputFor<C extends Contract, K extends keyof C['procedures']> = OutputOf<C['procedures'][K]>

/** Made once per window, after which screens never see it. */
export const client: Client = createClient()

/** When a person's act last reached the clinic; the idle watch pings when it grows old (app/idle.ts). */
let lastForegroundMs = Date.now()
export const lastForegroundCallMs = (): number => lastForegroundMs

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 120_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => isApiError(error) && error.isNetwork && count < 2,
      retryDelay: (count) => 300 * 2 ** count,
    },
    // Nobody reads the outcome of an act once its screen is gone.
    mutations: { networkMode: 'always', retry: false, gcTime: 0 },
  },
})

/** By then the screens of the person are gone. */
const afterScreensMs = 200

// SESS-03: after a lock or sign-out no answer stays in memory.
onLeave(() => {
  void queryClient.cancelQueries()
  const known = queryClient.getQueryCache().getAll()
  for (const query of known) query.reset()
  // Clearing alone takes them off the list: a screen that goes away starts a timer for each of its questions, which keeps
  // what was typed into it, and the answer it began with, for another two minutes.
  queryClient.clear()
  setTimeout(() => {
    for (const query of known) query.destroy()
  }, afterScreensMs)
})

interface ReadMeta extends Record<string, unknown> {
  readonly tables: readonly string[]
}

/** Starts refetching what the clinic announces as changed; `*` means anything may have. */
export function followChanges(): () => void {
  return client.onChanged((tables) => {
    const changed = new Set(tables)
    void queryClient.invalidateQueries({
      predicate: (query) =>
        changed.has('*') ||
        ((query.meta as ReadMeta | undefined)?.tables ?? []).some((table) => changed.has(table)),
    })
  })
}

interface CallOptions {
  readonly opId?: string
  readonly background?: boolean
  readonly signal?: AbortSignal
  /** Never asks the person for anything: a call nobody waits for, or one whose screen offers to ask. */
  readonly quiet?: boolean
}

/**
 * One call outside React, with the same handling of a lost or locked session. Where the clinic wants to know once more who
 * sits there, one dialog asks, and the same act (same opId) goes again; who declines gets the clinic's refusal.
 */
export async function callProcedure<C extends Contract, K extends keyof C['procedures'] & string>(
  contract: C,
  name: K,
  input: InputFor<C, K>,
  options: CallOptions = {},
): Promise<OutputFor<C, K>> {
  const opId = options.opId ?? newOpId()
  try {
    return await send(contract, name, input, { ...options, opId })
  } catch (error) {
    const kind = isApiError(error) && !options.background && !options.quiet ? stepUpFor(error) : null
    if (kind === null || options.signal?.aborted || !(await askStepUp(kind))) throw error
    return await send(contract, name, input, { ...options, opId })
  }
}

/** After a sign-in by PIN the signing key is not there until the password is typed. */
function stepUpFor({ code }: ApiError): StepUpKind | null {
  if (code === 'STEP_UP_NEEDED') return 'act'
  return code === 'SIGNING_KEY_LOCKED' ? 'sign' : null
}

/** Counts the tokens this window was given, so that a call that crossed with a new one is not taken for a lost session. */
let tokens = 0
const renewing = new Set<Promise<unknown>>()
const renews = new Set([
  'session.stepUp',
  'session.switchRole',
  'session.changePassword',
  'session.confirmFactor',
])

async function send<C extends Contract, K extends keyof C['procedures'] & string>(
  contract: C,
  name: K,
  input: InputFor<C, K>,
  { opId, background, signal }: CallOptions,
): Promise<OutputFor<C, K>> {
  const procedure = `${contract.module}.${name}`
  const request = {
    procedure,
    input,
    ...(opId === undefined ? {} : { opId }),
    ...(background === undefined ? {} : { background }),
  }
  const known = tokens
  const isRenewal = renews.has(procedure)
  const once = async () => {
    const value = await client.call(request, signal)
    if (isRenewal) tokens += 1
    return value
  }
  try {
    const calling = once()
    if (isRenewal) {
      const settled = calling.catch(() => undefined).finally(() => renewing.delete(settled))
      renewing.add(settled)
    }
    const value = await calling.catch(async (error: unknown) => {
      if (!isApiError(error) || error.code !== 'NOT_SIGNED_IN' || isRenewal) throw error
      await Promise.all(renewing)
      // Sent under the token of before: the clinic has not looked at it.
      if (tokens === known) throw error
      return await client.call(request, signal)
    })
    if (!background) lastForegroundMs = Date.now()
    noteConnection(true)
    return value as OutputFor<C, K>
  } catch (error) {
    if (isApiError(error)) noteConnection(!error.isNetwork)
    if (isApiError(error) && contract.procedures[name]?.access !== 'public') {
      if (error.code === 'NOT_SIGNED_IN') sessionEnded()
      if (error.code === 'SESSION_LOCKED') sessionLocked()
    }
    throw error
  }
}

export interface ReadOptions {
  readonly enabled?: boolean
  /** Shows the former answer while the next one loads: for lists that follow typing. */
  readonly keepPrevious?: boolean
  readonly staleMs?: number
  /** Polls in the background; such calls do not keep a session alive. */
  readonly everyMs?: number
}

export const readKey = (contract: Contract, name: string, input: unknown): unknown[] => [
  contract.module,
  name,
  input,
]

/** Asks a query procedure; asked again when a table it reads changes. */
export function useRead<C extends Contract, K extends QueryName<C>>(
  contract: C,
  name: K,
  input: InputFor<C, K>,
  options: ReadOptions = {},
): UseQueryResult<OutputFor<C, K>, ApiError> {
  const def = contract.procedures[name] as QueryDef | undefined
  const key = readKey(contract, name, input)
  return useQuery<OutputFor<C, K>, ApiError>({
    queryKey: key,
    // The first answer is a person's act; later ones for the same question are refetches.
    queryFn: ({ signal }) => {
      const state = queryClient.getQueryState(key)
      const background = state?.data !== undefined
      // Asks by itself only for the first answer: after that the screen offers it, or each change would ask anew.
      const quiet = (state?.errorUpdateCount ?? 0) > 0
      return callProcedure(contract, name, input, { signal, background, quiet })
    },
    meta: { tables: def?.reads ?? [] } satisfies ReadMeta,
    enabled: options.enabled ?? true,
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

/** Reads once, through the same cache, outside a component's render. */
export function fetchRead<C extends Contract, K extends QueryName<C>>(
  contract: C,
  name: K,
  input: InputFor<C, K>,
): Promise<OutputFor<C, K>> {
  const def = contract.procedures[name] as QueryDef | undefined
  return queryClient.fetchQuery({
    queryKey: readKey(contract, name, input),
    queryFn: ({ signal }) => callProcedure(contract, name, input, { signal }),
    meta: { tables: def?.reads ?? [] } satisfies ReadMeta,
  })
}

export interface Act<Input, Output> {
  /** Does it; rejects with ApiError. A second call for the same input after a lost connection repeats the same act. */
  readonly act: (input: Input) => Promise<Output>
  /** The same, for event handlers: the outcome is told through the callbacks and `error`. */
  readonly start: (input: Input, then?: (output: Output) => void) => void
  readonly isPending: boolean
  readonly error: ApiError | null
  readonly data: Output | undefined
  readonly reset: () => void
}

export interface ActOptions<Input, Output> {
  readonly onDone?: (output: Output, input: Input) => void
  readonly onError?: (error: ApiError, input: Input) => void
}

/** A command procedure as an act: one opId per intended act, kept over retries so that it cannot happen twice. */
export function useAct<C extends Contract, K extends CommandName<C>>(
  contract: C,
  name: K,
  options: ActOptions<InputFor<C, K>, OutputFor<C, K>> = {},
): Act<InputFor<C, K>, OutputFor<C, K>> {
  type Input = InputFor<C, K>
  type Output = OutputFor<C, K>
  const unanswered = useRef<{ text: string; opId: string } | null>(null)
  const mutation = useMutation<Output, ApiError, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input)
      const opId = unanswered.current?.text === text ? unanswered.current.opId : newOpId()
      unanswered.current = { text, opId }
      const output = await actWithRetry(() => callProcedure(contract, name, input, { opId }))
      unanswered.current = null
      return output
    },
    onError: (error, input) => {
      if (!error.isNetwork) unanswered.current = null
      options.onError?.(error, input)
    },
    onSuccess: (output, input) => options.onDone?.(output, input),
  })
  return {
    act: (input) => mutation.mutateAsync(input),
    start: (input, then) => mutation.mutate(input, then ? { onSuccess: (output) => then(output) } : {}),
    isPending: mutation.isPending,
    error: mutation.error,
    data: mutation.data,
    reset: mutation.reset,
  }
}

async function actWithRetry<T>(send: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await send()
    } catch (error) {
      if (!(isApiError(error) && error.isNetwork) || tries >= 2) throw error
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** tries))
    }
  }
}
