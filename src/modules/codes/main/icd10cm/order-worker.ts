// What the isolated reader of an order file says.
import type { CodeEntry, OrderFault } from './order-file.ts'

export const orderWorker = 'icd10cm-order'

export type OrderMessage =
  | { readonly kind: 'entries'; readonly entries: readonly CodeEntry[] }
  | { readonly kind: 'fault'; readonly fault: OrderFault; readonly line: number }
