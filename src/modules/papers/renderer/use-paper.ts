// What screens do with a paper: look at it, print it, save it. Each print or saved file is a copy that is counted.
import { useErrorText } from '#renderer/api/error-text.ts'
import { isApiError } from '#renderer/api/client.ts'
import { callProcedure } from '#renderer/api/hooks.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { showToast } from '#ui/toast.ts'
import { papers } from '../shared/contract.ts'
import type { PaperRef } from '../shared/paper-data.ts'
import { papersTexts } from './i18n.ts'
import { askPrint, fetchPaper } from './paper-calls.ts'
import { showPreview } from './preview-store.ts'

export interface PaperActs {
  preview(paper: PaperRef): void
  /** On the printer set for this kind of paper, else through the print dialog; `printer` chooses another. */
  print(paper: PaperRef, printer?: string | null): Promise<void>
  save(paper: PaperRef): Promise<void>
}

export function usePaper(): PaperActs {
  const t = useTexts(papersTexts)
  const words = useErrorText()
  const failed = (error: unknown) => {
    const why = isApiError(error) ? words(error) : t('problem.NOT_MADE')
    showToast({ tone: 'bad', text: t('fail.print', { why }) })
  }
  const toPrinter = async (paper: PaperRef, printer: string) => {
    const { copy } = await askPrint(paper, { target: 'printer', printer })
    const text = copy > 1 ? t('done.sentCopy', { printer, copy }) : t('done.sent', { printer })
    showToast({ text, action: { label: t('done.queue'), run: openQueue } })
  }
  const toDialog = async (paper: PaperRef) => {
    const { file } = await askPrint(paper, { target: 'browser' })
    if (!file) return
    const bytes = await fetchPaper(file)
    const { printHere } = await import('./print-here.ts')
    await printHere(bytes)
  }
  return {
    preview: showPreview,
    async print(paper, chosen) {
      try {
        const printer = chosen === undefined ? await printerFor(paper) : chosen
        if (printer === null) await toDialog(paper)
        else await toPrinter(paper, printer)
      } catch (error) {
        failed(error)
      }
    },
    async save(paper) {
      try {
        const { file } = await askPrint(paper, { target: 'file' })
        if (file) saveFile(file)
      } catch (error) {
        failed(error)
      }
    },
  }
}

const openQueue = () => {
  window.location.hash = '#/printing'
}

const printerFor = async ({ kind }: PaperRef): Promise<string | null> =>
  (await callProcedure(papers, 'letterhead', {})).settings[kind].printer
