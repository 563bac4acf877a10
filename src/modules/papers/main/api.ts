// What other modules may ask of papers: the letterhead their own letters carry.
export { letterheadOf } from './letterhead.ts'
export { text as paperText, space as paperSpace } from './templates/blocks.ts'
