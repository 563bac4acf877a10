// What could not be taken, page by page: the file, the place in it, and the reason with the way out.
import { useState } from 'react'
import { fetchRead, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import type * as z from 'zod'
import { type Batch, imports, type Problem } from '../shared/contract.ts'
import { isRefusal } from '../shared/limits.ts'
import { type Place, readPlace } from './batch-state.ts'
import { importTexts } from './i18n.ts'

type OneProblem = z.infer<typeof Problem>
const pageSize = 50

export function ProblemsCard({ batchId }: { batchId: Batch['id'] }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const first = useRead(imports, 'problems', { batchId, limit: pageSize }, { keepPrevious: true })
  const [more, setMore] = useState<{
    after: string
    items: readonly OneProblem[]
    next: string | null
  } | null>(null)
  const [isLoading, setLoading] = useState(false)
  // Further pages belong to the first page they were asked after; when that changes they are asked for again.
  const own = more && more.after === first.data?.next ? more : null
  const next = own ? own.next : (first.data?.next ?? null)
  const showMore = async () => {
    const after = own?.after ?? first.data?.next
    if (!next || !after) return
    setLoading(true)
    try {
      const page = await fetchRead(imports, 'problems', { batchId, cursor: next, limit: pageSize })
      setMore({ after, items: [...(own?.items ?? []), ...page.items], next: page.next })
    } finally {
      setLoading(false)
    }
  }
  return (
    <Card
      title={t('problems.title')}
      meta={first.data ? t('problems.total', { count: first.data.total, n: number(first.data.total) }) : null}
      padded={false}
    >
      <QueryView query={first} small>
        {({ items, total }) =>
          total === 0 ? (
            <p className="im-none os-dim">{t('problems.none')}</p>
          ) : (
            <>
              <p className="im-none os-dim os-sm">{t('problems.text')}</p>
              <table className="os-table im-problems" aria-label={t('problems.title')}>
                <thead>
                  <tr>
                    <th scope="col">{t('problems.file')}</th>
                    <th scope="col">{t('problems.place')}</th>
                    <th scope="col">{t('problems.reason')}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...items, ...(own?.items ?? [])].map((problem) => (
                    <ProblemRow key={problem.id} problem={problem} />
                  ))}
                </tbody>
              </table>
              {next ? (
                <div className="im-none">
                  <Button small loading={isLoading} onClick={() => void showMore()}>
                    {t('problems.more')}
                  </Button>
                </div>
              ) : null}
            </>
          )
        }
      </QueryView>
    </Card>
  )
}

function ProblemRow({ problem }: { problem: OneProblem }) {
  const t = useTexts(importTexts)
  const isRefused = isRefusal(problem.code)
  // The words of a limit carry their number themselves.
  const detail = problem.code.startsWith('TOO_') ? null : problem.detail
  return (
    <tr>
      <td>
        <bdi className="im-file">{problem.file}</bdi>
      </td>
      <td title={problem.place}>
        {readPlace(problem.place).map((place) => (
          <PlaceWords key={`${place.kind} ${place.path}`} place={place} />
        ))}
      </td>
      <td>
        <Tag tone={isRefused ? 'bad' : 'neutral'}>{t(isRefused ? 'problem.refused' : 'problem.note')}</Tag>{' '}
        {t(`problem.${problem.code}`)}{' '}
        {detail ? (
          <code className="im-code" dir="ltr">
            {detail}
          </code>
        ) : null}
      </td>
    </tr>
  )
}

function PlaceWords({ place }: { place: Place }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  if (place.kind === 'path') {
    return (
      <code className="im-code" dir="ltr">
        {place.path}
      </code>
    )
  }
  return <div>{t(`place.${place.kind}`, { n: number(place.n) })}</div>
}
