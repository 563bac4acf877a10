// A form starts from the version it was opened with. A later one is told as a conflict and taken over on request, so that
// a refetch in between overwrites nothing that was typed.
import { useState } from 'react'

export function useFormStart<T extends { readonly rev: number }>(latest: T) {
  const [start, setStart] = useState(latest)
  const [values, setValues] = useState(latest)
  return {
    start,
    values,
    set: (changes: Partial<T>) => setValues((now) => ({ ...now, ...changes })),
    takeOver: (next: T = latest) => {
      setStart(next)
      setValues(next)
    },
  }
}
