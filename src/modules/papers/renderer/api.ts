// What other screens may use of papers: the button beside a paper, and the acts behind it.
export { PrintMenu, type PrintMenuProps } from './PrintMenu.tsx'
export { type PaperActs, usePaper } from './use-paper.ts'
export { printFile } from './paper-calls.ts'
