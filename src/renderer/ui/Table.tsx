// A plain table for short lists; rows may be opened with the mouse, Enter or the arrow keys.
import type { KeyboardEvent, ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'start' | 'end'
  /** Dropped on narrow screens. */
  readonly optional?: boolean
  readonly width?: number | string
  readonly rowHeader?: boolean
}

export interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly empty?: ReactNode
  readonly isDim?: (row: Row) => boolean
}

export function Table<Row>({ label, columns, rows, rowKey, onOpen, empty, isDim }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  const classOf = (column: Column<Row>) =>
    [column.align === 'end' ? 'os-end' : '', column.optional ? 'os-wide-only' : ''].join(' ').trim()
  return (
    <table className={`os-table ${onOpen ? 'os-table-open' : ''}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={classOf(column)}
              style={column.width === undefined ? undefined : { inlineSize: column.width }}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className={isDim?.(row) ? 'os-row-dim' : undefined}
            {...(onOpen
              ? {
                  tabIndex: 0,
                  onClick: () => onOpen(row),
                  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) =>
                    moveOrOpen(event, () => onOpen(row)),
                }
              : {})}
          >
            {columns.map((column) =>
              column.rowHeader ? (
                <th key={column.key} scope="row" className={classOf(column)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function moveOrOpen(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  const row = event.currentTarget
  if (event.key === 'Enter') {
    event.preventDefault()
    open()
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
    if (next instanceof HTMLElement) next.focus()
  }
}
