// What the grid is fed with: columns, shades and visits with their words ready made. It knows no clinic and asks nothing.
import type { colours } from '#modules/scheduling/shared/setup-shapes.ts'
import type { DayScale } from './day-scale.ts'
import type { Target } from './move.ts'

export type VisitTone = (typeof colours)[number]

export interface GridVisit {
  /** Unique in the grid: a visit with a room stands in two columns. */
  readonly key: string
  readonly visitId: string
  readonly column: number
  readonly from: number
  readonly to: number
  readonly lane: number
  readonly lanes: number
  readonly name: string
  readonly what: string
  /** Read aloud: "Amina Haddad, 10:30 to 11:00, Follow-up, booked". */
  readonly label: string
  readonly tone: VisitTone
  /** Written on the box where it is not simply booked: "Arrived", "Did not come". */
  readonly state: string | null
  readonly isDim: boolean
  readonly isOverridden: boolean
  readonly canMove: boolean
}

export interface GridShade {
  readonly key: string
  readonly from: number
  readonly to: number
  /** A break or absence by its name; closed hours have none. */
  readonly name: string | null
}

export interface GridColumn {
  readonly key: string
  readonly title: string
  readonly facts: string
  readonly isToday: boolean
  /** Its head stands out: today among other days. */
  readonly isMarked: boolean
  readonly scale: DayScale
  readonly shades: readonly GridShade[]
  readonly visits: readonly GridVisit[]
}

/** What is said about a place while something is moved over it. */
export interface PlaceWords {
  readonly time: string
  readonly where: string
  readonly problems: readonly string[]
}

export type DescribePlace = (visit: GridVisit, target: Target) => PlaceWords
export type DropVisit = (visit: GridVisit, target: Target) => void
