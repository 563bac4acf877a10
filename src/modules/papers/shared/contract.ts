// What the papers module offers, to whom, and what is written down about it. Read this page first.
import { contract } from '#shared/contract.ts'

export const papers = contract('papers', {})
