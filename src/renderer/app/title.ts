// The window's title: the page, then the product. Reset when the page leaves, so that a locked window names nobody.
import { useEffect } from 'react'

const plainTitle = 'Osler'

export function useTitle(page: string | null | undefined): void {
  useEffect(() => {
    document.title = page ? `${page} · ${plainTitle}` : plainTitle
    return () => {
      document.title = plainTitle
    }
  }, [page])
}
