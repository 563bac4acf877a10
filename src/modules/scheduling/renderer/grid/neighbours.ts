// Which visit the arrow keys lead to: up and down within a column, left and right to the nearest time in the next one.

export interface Placed {
  readonly key: string
  readonly column: number
  readonly from: number
}

export type Direction = 'up' | 'down' | 'previous-column' | 'next-column'

export function neighbourOf(items: readonly Placed[], at: Placed, direction: Direction): Placed | null {
  if (direction === 'up' || direction === 'down') {
    const column = inOrder(items.filter((item) => item.column === at.column))
    const index = column.findIndex((item) => item.key === at.key)
    return column[index + (direction === 'down' ? 1 : -1)] ?? null
  }
  const step = direction === 'next-column' ? 1 : -1
  const columns = items.map((item) => item.column).filter((column) => (column - at.column) * step > 0)
  if (columns.length === 0) return null
  const next = step > 0 ? Math.min(...columns) : Math.max(...columns)
  return nearest(
    items.filter((item) => item.column === next),
    at.from,
  )
}

/** Where the keyboard lands first: what comes next from now on, else the first visit. */
export function firstFrom(items: readonly Placed[], minute: number): Placed | null {
  const ordered = inOrder([...items])
  return ordered.find((item) => item.from >= minute) ?? ordered[0] ?? null
}

const inOrder = (items: Placed[]): Placed[] =>
  items.sort((a, b) => a.from - b.from || a.column - b.column || (a.key < b.key ? -1 : 1))

function nearest(items: readonly Placed[], from: number): Placed | null {
  let best: Placed | null = null
  for (const item of items) {
    if (!best || Math.abs(item.from - from) < Math.abs(best.from - from)) best = item
  }
  return best
}
