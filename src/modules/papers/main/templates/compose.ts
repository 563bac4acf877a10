// Any paper to a document ready for the worker.
import type { PdfDocument } from '#core/pdf/document-model.ts'
import type { PaperData } from '#modules/papers/shared/paper-data.ts'
import { daySheet } from './day-sheet.ts'
import { invoice } from './invoice.ts'
import { type PaperBody, type PaperSetting, type PaperStyle, styleOf } from './paper-style.ts'
import { prescription } from './prescription.ts'
import { receipt } from './receipt.ts'
import { sheet } from './sheet.ts'
import { sickNote } from './sick-note.ts'

export function composePaper(setting: PaperSetting, paper: PaperData): PdfDocument {
  const style = styleOf(setting)
  return sheet(style, bodyOf(style, paper))
}

function bodyOf(style: PaperStyle, paper: PaperData): PaperBody {
  switch (paper.kind) {
    case 'prescription':
      return prescription(style, paper)
    case 'invoice':
      return invoice(style, paper)
    case 'receipt':
      return receipt(style, paper)
    case 'sick-note':
      return sickNote(style, paper)
    case 'day-sheet':
      return daySheet(style, paper)
  }
}
