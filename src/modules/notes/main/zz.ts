import { draftById, noteById } from './queries.ts'
import { noteCounts } from '#modules/chart/main/queries.ts'
import type { Database } from '#core/store/database.ts'
type RowOfQ<Q> = Q extends { readonly types?: { readonly row: infer R } } ? R : never
export const a: RowOfQ<typeof noteById> = 1
export const b: RowOfQ<typeof draftById> = 1
export const c: keyof Database['composition'] = 1
export const d: Database['composition']['nonsense'] = true
