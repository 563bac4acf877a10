// What other modules may call. Keep it small: each export is a promise.
import type { Reader } from '#core/store/reader.ts'
import * as q from './queries.ts'

export function __camel__Count(read: Reader): number {
  return read.all(q.allItems, {}).length
}
