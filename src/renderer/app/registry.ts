// What modules have brought, as the shell sees it. Filled once at start (main.tsx), read by layout and palette.
import { registerActions } from './actions.ts'
import type { AdminTab, Gates, JobWords, NavEntry, RendererModule } from './module.ts'

let modules: readonly RendererModule[] = []
let gates: Gates | null = null

export function registerModules(list: readonly RendererModule[], around: Gates): void {
  modules = list
  gates = around
  registerActions(list.flatMap((module) => module.actions))
}

export const registeredModules = (): readonly RendererModule[] => modules

export function registeredGates(): Gates {
  if (!gates) throw new Error('registry: no gates yet')
  return gates
}

export const navEntries = (): NavEntry[] =>
  modules.flatMap((module) => module.nav).sort((a, b) => a.order - b.order)

export const adminTabs = (): AdminTab[] =>
  modules.flatMap((module) => module.adminTabs ?? []).sort((a, b) => a.order - b.order)

/** The tab whose page an address is, or lies under: the one that names most of it. */
export const adminTabAt = (pathname: string, tabs: readonly AdminTab[]): AdminTab | undefined =>
  tabs
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]

export const todayCards = () =>
  modules.flatMap((module) => module.today ?? []).sort((a, b) => a.order - b.order)

export const chartActions = () =>
  modules.flatMap((module) => module.chartActions ?? []).sort((a, b) => a.order - b.order)

export const patientCards = () =>
  modules.flatMap((module) => module.patientCards ?? []).sort((a, b) => a.order - b.order)

export const signInWays = () =>
  modules.flatMap((module) => module.signInWays ?? []).sort((a, b) => a.order - b.order)

export const accountCards = () =>
  modules.flatMap((module) => module.accountCards ?? []).sort((a, b) => a.order - b.order)

export const jobWords = (name: string): JobWords | undefined =>
  modules.flatMap((module) => module.jobs ?? []).find((words) => words.name === name)
