// What the codes module offers, to whom, and what is written down about it. Read this page first.
import { contract } from '#shared/contract.ts'

export const codes = contract('codes', {})
