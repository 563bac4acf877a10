// A QR code as one SVG path: sharp at any size, and always dark on white, whatever the theme.
import encodeQR from 'qr'
import { useMemo } from 'react'

interface QrCodeProps {
  readonly text: string
  /** What scanning it does: read by screen readers. */
  readonly label: string
  /** Side in pixels. */
  readonly size?: number
}

export function QrCode({ text, label, size = 192 }: QrCodeProps) {
  const { path, side } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
    const squares = rows.flatMap((cells, y) =>
      cells.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { path: squares.join(''), side: rows.length }
  }, [text])
  return (
    <svg
      className="os-qr"
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
