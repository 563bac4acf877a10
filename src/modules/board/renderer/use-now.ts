// The time as cards show it: moves on by itself, so that waiting grows while nobody touches the board.
import { useEffect, useState } from 'react'

const everyMs = 15_000

export function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), everyMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
