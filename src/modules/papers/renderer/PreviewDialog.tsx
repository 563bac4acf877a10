// A paper before it is printed: pages, zoom, the printer to use. Enter prints, Escape leaves.
import { useEffect, useRef, useState } from 'react'
import { Minus, Plus } from '@blueprintjs/icons'
import type { ApiError } from '#renderer/api/client.ts'
import { isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { ErrorState } from '#ui/States.tsx'
import { papers } from '../shared/contract.ts'
import type { PaperRef } from '../shared/paper-data.ts'
import { papersTexts } from './i18n.ts'
import { askPreview, fetchPaper } from './paper-calls.ts'
import { PdfPages } from './PdfPages.tsx'
import { usePaper } from './use-paper.ts'

const zooms = [0.5, 0.75, 1, 1.5, 2] as const
const dialogChoice = ''

export function PreviewDialog({ paper, onClose }: { paper: PaperRef; onClose: () => void }) {
  const t = useTexts(papersTexts)
  const words = useErrorText()
  const acts = usePaper()
  const [zoom, setZoom] = useState(2)
  const [isBusy, setBusy] = useState(false)
  const printButton = useFocusOnOpen()
  const { bytes, error, retry } = usePreviewBytes(paper)
  const { printer, setPrinter, choices } = usePrinterChoice(paper)
  const act = async (run: () => Promise<void>) => {
    setBusy(true)
    await run()
    setBusy(false)
    onClose()
  }
  const print = () => void act(() => acts.print(paper, printer === dialogChoice ? null : printer))
  const step = (by: number) => setZoom((now) => Math.min(zooms.length - 1, Math.max(0, now + by)))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={print}
      title={t('preview.title', { paper: t(`kind.${paper.kind}`) })}
      width="wide"
      isBusy={isBusy}
      actions={
        <div className="pp-foot">
          <span className="pp-zoom">
            <IconButton
              icon={<Minus />}
              label={t('preview.smaller')}
              disabled={zoom === 0}
              onClick={() => step(-1)}
            />
            <span className="os-dim">{Math.round((zooms[zoom] ?? 1) * 100)} %</span>
            <IconButton
              icon={<Plus />}
              label={t('preview.larger')}
              disabled={zoom === zooms.length - 1}
              onClick={() => step(1)}
            />
          </span>
          <SelectField
            label={t('preview.printer')}
            hideLabel
            value={printer}
            onChange={setPrinter}
            choices={[
              { value: dialogChoice, label: t('preview.here') },
              ...choices.map((name) => ({ value: name, label: name })),
            ]}
          />
          <Button onClick={() => void act(() => acts.save(paper))} disabled={!bytes || isBusy}>
            {t('preview.save')}
          </Button>
          <Button
            type="submit"
            intent="primary"
            kbd="Enter"
            loading={isBusy}
            disabled={!bytes}
            buttonRef={printButton}
          >
            {t('preview.print')}
          </Button>
        </div>
      }
    >
      {/* Pages are scrolled by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="pp-view" tabIndex={0} role="region" aria-label={t('preview.pages')}>
        {error ? (
          <ErrorState
            title={t('preview.failed')}
            text={isApiError(error) ? words(error) : ''}
            onRetry={retry}
            small
          />
        ) : (
          <PdfPages bytes={bytes} zoom={zooms[zoom] ?? 1} />
        )}
      </div>
    </Dialog>
  )
}

/** Enter prints: the dialog itself would begin at the choice of printers. */
function useFocusOnOpen() {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => button.current?.focus(), 80)
    return () => clearTimeout(timer)
  }, [])
  return button
}

function usePreviewBytes(paper: PaperRef) {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [error, setError] = useState<ApiError | Error | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isGone = false
    askPreview(paper)
      .then(fetchPaper)
      .then(
        (found) => !isGone && setBytes(found),
        (cause: unknown) => !isGone && setError(cause instanceof Error ? cause : new Error('unknown')),
      )
    return () => {
      isGone = true
    }
  }, [paper, round])
  const retry = () => {
    setError(null)
    setRound(round + 1)
  }
  return { bytes, error, retry }
}

/** The printer set for this kind of paper, else the print dialog. */
function usePrinterChoice({ kind }: PaperRef) {
  const head = useRead(papers, 'letterhead', {})
  const [chosen, setPrinter] = useState<string | null>(null)
  const [names, setNames] = useState<readonly string[]>([])
  const find = useAct(papers, 'findPrinters', {
    onDone: ({ printers }) => setNames(printers.map((printer) => printer.name)),
  })
  // Once, when the preview opens.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => find.start({}), [])
  const set = head.data?.settings[kind].printer ?? null
  const choices = set !== null && !names.includes(set) ? [set, ...names] : names
  return { printer: chosen ?? set ?? dialogChoice, setPrinter, choices }
}
