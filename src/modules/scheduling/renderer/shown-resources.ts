// Which columns a view asks for, and how the choice of them is called.
import type { Resource, ResourceId, Setup } from '../shared/contract.ts'
import type { View } from './use-view.ts'

const inOrder = (a: Resource, b: Resource) => a.position - b.position || a.name.localeCompare(b.name)

export const activeProviders = (setup: Setup): Resource[] =>
  setup.resources.filter(({ kind, active }) => kind === 'provider' && active).sort(inOrder)

export const activeRooms = (setup: Setup): Resource[] =>
  setup.resources.filter(({ kind, active }) => kind !== 'provider' && active).sort(inOrder)

/** A week, and a phone, have room for one: whoever was chosen, else one's own column, else the first. */
export function onlyOne(setup: Setup, show: string, userId: string): Resource | undefined {
  const providers = activeProviders(setup)
  return (
    setup.resources.find(({ id, active }) => id === show && active) ??
    providers.find((provider) => provider.userId === userId) ??
    providers[0]
  )
}

export interface Shown {
  readonly ids: ResourceId[]
  /** What the choice says: `all`, `rooms`, or an id. */
  readonly choice: string
}

export function shownResources(setup: Setup, view: View, userId: string, isNarrow: boolean): Shown {
  if (view.span === 'week' || isNarrow) {
    const one = onlyOne(setup, view.show, userId)
    return { ids: one ? [one.id] : [], choice: one?.id ?? 'all' }
  }
  const chosen = setup.resources.find(({ id, active }) => id === view.show && active)
  if (chosen) return { ids: [chosen.id], choice: chosen.id }
  const providers = activeProviders(setup)
  const all = view.show === 'rooms' ? [...providers, ...activeRooms(setup)] : providers
  return { ids: all.map(({ id }) => id), choice: view.show === 'rooms' ? 'rooms' : 'all' }
}
