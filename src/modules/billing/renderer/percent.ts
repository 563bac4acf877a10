// A rate as it is typed: 19, 8.25 or 5,5, in basis points.

/** `null` where it is no percentage, or has more than two digits after the point. */
export function readPercent(text: string): number | null {
  const m = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (!m) return null
  const basisPoints = Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0'))
  return basisPoints <= 10_000 ? basisPoints : null
}
