// What the board module offers, to whom, and what is written down about it. Read this page first.
import { contract } from '#shared/contract.ts'

export const board = contract('board', {})
