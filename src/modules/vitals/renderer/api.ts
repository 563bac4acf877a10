// What other screens may use of vitals: the sheet, and a mark in words.
export { type SheetVisit, VitalsSheet } from './VitalsSheet.tsx'
export { arrowOf } from './words.ts'
export { vitalsTexts } from './i18n.ts'
