// Pages of a PDF one below the other, drawn sharp at the zoom asked for.
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { ErrorState, Skeleton } from '#ui/States.tsx'
import { papersTexts } from './i18n.ts'
import { type OpenPdf, openPdf } from './pdf-pages.ts'

export interface PdfPagesProps {
  /** `null` while it is on its way. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  /** 1 is the width of the box. */
  readonly zoom: number
  readonly onPages?: (pages: number) => void
}

export function PdfPages({ bytes, zoom, onPages }: PdfPagesProps) {
  const t = useTexts(papersTexts)
  const box = useRef<HTMLDivElement>(null)
  const [pdf, setPdf] = useState<OpenPdf | null>(null)
  const [isBroken, setBroken] = useState(false)
  const tell = useRef(onPages)
  tell.current = onPages

  useEffect(() => {
    if (!bytes) return
    let isGone = false
    let open: OpenPdf | null = null
    setBroken(false)
    // The library keeps the bytes for itself: it gets a copy.
    openPdf(bytes.slice()).then(
      (found) => {
        open = found
        if (isGone) return found.close()
        setPdf(found)
        tell.current?.(found.pages)
      },
      () => setBroken(true),
    )
    return () => {
      isGone = true
      setPdf(null)
      open?.close()
    }
  }, [bytes])

  useEffect(() => {
    const holder = box.current
    if (!pdf || !holder) return
    let isGone = false
    const draw = async () => {
      const { width } = await pdf.size(1)
      const target = Math.max(240, holder.clientWidth) * zoom
      const sharp = window.devicePixelRatio || 1
      for (let page = 1; page <= pdf.pages; page++) {
        const canvas = await pdf.draw(page, (target / width) * sharp)
        if (isGone) return
        canvas.className = 'pp-page'
        canvas.style.inlineSize = `${Math.round(canvas.width / sharp)}px`
        canvas.setAttribute('role', 'img')
        canvas.setAttribute('aria-label', t('preview.page', { page, pages: pdf.pages }))
        const old = holder.children[page - 1]
        if (old) old.replaceWith(canvas)
        else holder.append(canvas)
      }
      while (holder.children.length > pdf.pages) holder.lastChild?.remove()
    }
    draw().catch(() => {
      if (!isGone) setBroken(true)
    })
    return () => {
      isGone = true
    }
    // The words of the labels change with the language only, which draws the whole window anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pdf, zoom])

  if (isBroken) return <ErrorState title={t('preview.failed')} text="" small />
  return (
    <>
      {pdf ? null : <Skeleton lines={8} />}
      <div className="pp-pages" ref={box} />
    </>
  )
}
