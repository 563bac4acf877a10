// The place in the header for the one search box; the patients module fills it.
import type { ComponentType } from 'react'

export interface HeaderSearchProps {
  /** Give this id to the input: `/` focuses it. */
  readonly inputId: string
}

export const headerSearchInputId = 'osler-search'

export const headerSlots: { Search: ComponentType<HeaderSearchProps> | null } = { Search: null }

export function registerHeaderSearch(component: ComponentType<HeaderSearchProps>): void {
  headerSlots.Search = component
}
