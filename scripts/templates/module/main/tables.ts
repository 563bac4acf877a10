// Tables of the __module__ module: class, field groups, row types.
import { type RowOf, syncedTable } from '#core/store/table-def.ts'

export const __camel__Item = syncedTable('__snake___item', __tableId__, 'plain', {
  name: { name: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    __snake___item: RowOf<typeof __camel__Item>
  }
}
