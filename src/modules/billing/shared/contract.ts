// What the billing module offers, to whom, and what is written down about it. Read this page first.
import { contract } from '#shared/contract.ts'

export const billing = contract('billing', {})
