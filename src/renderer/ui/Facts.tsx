// Label and value, line by line or as tiles; what is not recorded is left out.
import type { ReactNode } from 'react'

export interface FactsProps {
  /** The third tells lines with the same label apart. */
  readonly rows: readonly (readonly [label: string, value: ReactNode, key?: string])[]
  /** Said where there is nothing to show. */
  readonly empty?: string
  /** Labels above their values, side by side as far as there is room. */
  readonly tiles?: boolean
}

export function Facts({ rows, empty, tiles = false }: FactsProps) {
  const said = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (said.length === 0) return <p className="os-dim">{empty}</p>
  return (
    <dl className={tiles ? 'os-facts-tiles' : 'os-facts'}>
      {said.map(([label, value, key]) => (
        <div key={key ?? label}>
          <dt>{label}</dt>
          <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
