// The time of day for what follows it: the now-line, and what may be said of a visit only after it began.
import { useEffect, useState } from 'react'

const everyMs = 20_000

export function useNowMs(): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
