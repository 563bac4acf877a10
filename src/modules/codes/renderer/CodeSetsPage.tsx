// Code sets: which edition is searched, where it comes from, and loading a newer one.
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { type CodeSet, codes } from '../shared/contract.ts'
import { codesTexts } from './i18n.ts'
import { LoadDialog } from './LoadDialog.tsx'
import { LoadedEditions } from './LoadedEditions.tsx'
import './codes.css'

export function CodeSetsPage() {
  const t = useTexts(codesTexts)
  useTitle(t('nav.codeSets'))
  const may = useMay()
  const read = useRead(codes, 'editions', {}, { enabled: may('reference.R') })
  const [loading, setLoading] = useState<CodeSet | null>(null)
  return (
    <AdminFrame>
      <p className="os-dim cs-intro">{t('intro')}</p>
      <QueryView query={read}>
        {({ sets }) => (
          <div className="cs-sets">
            {sets.map((set) => (
              <SetCard key={set.catalogue} set={set} onLoad={() => setLoading(set)} />
            ))}
          </div>
        )}
      </QueryView>
      {loading ? <LoadDialog set={loading} onClose={() => setLoading(null)} /> : null}
    </AdminFrame>
  )
}

function SetCard({ set, onLoad }: { set: CodeSet; onLoad: () => void }) {
  const t = useTexts(codesTexts)
  const f = useFormats()
  const may = useMay()
  const isMissing = set.rows === null && !set.bundled
  return (
    <Card
      title={<bdi>{set.title}</bdi>}
      meta={set.bundled ? t('set.bundled') : t('set.loaded')}
      actions={
        set.canLoad && may('reference.M') ? <Button onClick={onLoad}>{t('load.open')}</Button> : undefined
      }
    >
      <dl className="cs-facts">
        <div>
          <dt>{t('set.edition')}</dt>
          <dd>
            <bdi>{set.edition}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('set.rows')}</dt>
          <dd>
            {set.rows === null ? (
              <Tag tone={isMissing ? 'bad' : 'info'}>{t(isMissing ? 'set.missing' : 'set.preparing')}</Tag>
            ) : (
              f.number(set.rows)
            )}
          </dd>
        </div>
        <div>
          <dt>{t('set.source')}</dt>
          <dd>
            <bdi dir="ltr">{set.source}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('set.licence')}</dt>
          <dd>
            <bdi dir="ltr">{set.licence}</bdi>
          </dd>
        </div>
      </dl>
      {set.canLoad ? <LoadedEditions set={set} /> : null}
    </Card>
  )
}
