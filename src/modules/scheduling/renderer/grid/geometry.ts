// Between points on the screen and places in the grid. Columns are measured once when something begins to move; their
// order on the screen follows the direction of the page, their numbers do not.

export interface ColumnEdge {
  /** From the left edge of the grid's body, whatever the direction. */
  readonly left: number
  readonly right: number
}

export interface Geometry {
  readonly columns: readonly ColumnEdge[]
  readonly width: number
  readonly isRtl: boolean
}

export function measure(body: HTMLElement): Geometry {
  const frame = body.getBoundingClientRect()
  const columns = [...body.querySelectorAll('[data-column]')].map((column) => {
    const box = column.getBoundingClientRect()
    return { left: box.left - frame.left, right: box.right - frame.left }
  })
  return { columns, width: frame.width, isRtl: getComputedStyle(body).direction === 'rtl' }
}

/** The column under a point, or the nearest one beside it. */
export function columnAt({ columns }: Geometry, x: number): number {
  let best = 0
  let distance = Number.POSITIVE_INFINITY
  for (const [index, { left, right }] of columns.entries()) {
    const away = x < left ? left - x : x > right ? x - right : 0
    if (away >= distance) continue
    best = index
    distance = away
  }
  return best
}

/** How far the ghost, which starts at the body's inline start, moves to stand over a column. */
export function shiftTo({ columns, width, isRtl }: Geometry, column: number): number {
  const edge = columns[column]
  if (!edge) return 0
  return isRtl ? edge.right - width : edge.left
}

export function widthOf({ columns }: Geometry, column: number): number {
  const edge = columns[column]
  return edge ? edge.right - edge.left : 0
}
