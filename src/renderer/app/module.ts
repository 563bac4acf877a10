// What a module brings to the window: its routes, its places in the rail, its actions for the palette.
import type { ComponentType, ReactElement } from 'react'
import type { RouteObject } from 'react-router'
import type { Me } from '#modules/session/shared/contract.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Act, Area } from '#shared/permissions.ts'
import type { LabelKey } from '../i18n/define.ts'

/** Area and act a role needs, as contracts name them. */
export type NeededAccess = `${Area}.${Act}`

export interface NavEntry {
  /** Absolute: `/patients`. */
  readonly path: string
  readonly labelKey: LabelKey
  readonly icon: ReactElement
  /** Shown only to roles that may; the clinic still decides on every call. */
  readonly access: NeededAccess
  /** Place in the rail, low first: today 10, patients 20, import 60, admin 90. */
  readonly order: number
  /** A small count at the end of the entry. */
  readonly Badge?: ComponentType
}

/** The parts of the Admin area, in their order. */
export const adminGroups = ['people', 'clinic', 'visits', 'security', 'system'] as const
export type AdminGroup = (typeof adminGroups)[number]

/** One page of the Admin area, listed in its tabs. */
export interface AdminTab {
  /** Absolute: `/admin/people`. */
  readonly path: string
  readonly labelKey: LabelKey
  readonly access: NeededAccess
  readonly order: number
  /** Security unless said. */
  readonly group?: AdminGroup
}

/** Something a person can do from anywhere, listed in the palette. */
export interface AppAction {
  /** Stable: `patients.register`. */
  readonly id: string
  readonly labelKey: LabelKey
  readonly access?: NeededAccess
  readonly icon?: ReactElement
  /** Shown beside it. The key itself is made to work with useShortcuts. */
  readonly kbd?: string
  /** Either a place to go to … */
  readonly path?: string
  /** … or something to do. */
  readonly run?: () => void
}

export interface RendererModule {
  readonly name: string
  /** Children of the signed-in layout; paths are relative to the root: `patients/:patientId`. */
  readonly routes: readonly RouteObject[]
  readonly nav: readonly NavEntry[]
  readonly actions: readonly AppAction[]
  readonly adminTabs?: readonly AdminTab[]
  /** Cards of the Today page, low order first; each decides by role whether it has something to show. */
  readonly today?: readonly { readonly order: number; readonly Card: ComponentType }[]
  /** Buttons in the banner of an open chart, low order first; each decides by role whether it is shown. */
  readonly chartActions?: readonly {
    readonly order: number
    readonly Action: ComponentType<ChartActionProps>
  }[]
  /** Cards on a patient's details, low order first; each decides by role whether it has something to show. */
  readonly patientCards?: readonly {
    readonly order: number
    readonly Card: ComponentType<ChartActionProps>
  }[]
  /** Words for the jobs this module lets the clock start, and for what can be wrong with them (health page). */
  readonly jobs?: readonly JobWords[]
  /** Ways to sign in besides the password, below it; each decides whether it has something to offer at this door. */
  readonly signInWays?: readonly { readonly order: number; readonly Way: ComponentType<SignInWayProps> }[]
  /** Cards of the own account, low order first. */
  readonly accountCards?: readonly { readonly order: number; readonly Card: ComponentType }[]
  /** Lamps in the header; each decides by role whether it has something to show. */
  readonly Lamps?: ComponentType
}

export interface SignInWayProps {
  /** Somebody was let in. */
  readonly onDone: (me: Me) => void
}

export interface JobWords {
  /** As the backend names it: `reminders.send`. */
  readonly name: string
  readonly labelKey: LabelKey
  readonly problems: Readonly<Record<string, LabelKey>>
}

/** The patient whose chart is open: a write carries this id. */
export interface ChartActionProps {
  readonly patientId: PatientId
}

/** The full-window screens around a session; the session module supplies them. */
export interface Gates {
  readonly Bootstrap: ComponentType
  readonly SignIn: ComponentType
  readonly Lock: ComponentType
  /** The second step of a sign-in. */
  readonly Pending: ComponentType
  /** Over the page: asks once more who sits there, when the API layer wants to know (api/step-up.ts). */
  readonly StepUp: ComponentType
}
