// Feature flags: one typed object, default off, each with an owner and a date after which a test fails.

export interface Flag {
  readonly on: boolean
  readonly owner: string
  /** YYYY-MM-DD. */
  readonly removeBy: string
}

export const flags = {} as const satisfies Record<string, Flag>
