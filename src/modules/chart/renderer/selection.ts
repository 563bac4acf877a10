// What stands in the middle of the chart, kept in the address: `?item=report:<id>`, and `?draft=<id>` to open a draft.
import { useSearchParams } from 'react-router'
import { Id } from '#shared/ids.ts'
import { type TimelineItem, timelineKinds } from '../shared/contract.ts'

export type ItemKind = TimelineItem['kind'] | 'observation' | 'source'
export const listKinds = ['problems', 'medicines'] as const
export type ListKind = (typeof listKinds)[number]

export type Selected =
  | { readonly type: 'item'; readonly kind: ItemKind; readonly id: string }
  | { readonly type: 'list'; readonly list: ListKind }

export interface Selection {
  readonly selected: Selected | null
  readonly draftId: string | null
  readonly openItem: (kind: ItemKind, id: string) => void
  readonly openList: (list: ListKind) => void
  /** Back to the note. */
  readonly close: () => void
}

const itemKinds: readonly ItemKind[] = [...timelineKinds, 'observation', 'source']

export function parseSelected(params: URLSearchParams): Selected | null {
  const list = listKinds.find((name) => name === params.get('list'))
  if (list) return { type: 'list', list }
  const [kindText = '', id = ''] = (params.get('item') ?? '').split(':')
  const kind = itemKinds.find((name) => name === kindText)
  return kind && Id.safeParse(id).success ? { type: 'item', kind, id } : null
}

export function useSelection(): Selection {
  const [params, setParams] = useSearchParams()
  const selected = parseSelected(params)
  const draft = params.get('draft')
  // One step of history for however many items: Back leads to the note.
  const replace = selected !== null
  return {
    selected,
    draftId: draft && Id.safeParse(draft).success ? draft : null,
    openItem: (kind, id) => setParams({ item: `${kind}:${id}` }, { replace }),
    openList: (list) => setParams({ list }, { replace }),
    close: () => {
      if (selected) setParams({}, { replace: true })
    },
  }
}
