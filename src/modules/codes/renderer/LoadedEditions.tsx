// Editions that administrators loaded: what they change, using one, going back, removing.
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { type CodeSet, codes, loadable, type LoadedEdition } from '../shared/contract.ts'
import { codesTexts, isFault } from './i18n.ts'

export function LoadedEditions({ set }: { set: CodeSet }) {
  const t = useTexts(codesTexts)
  const words = useErrorText()
  const may = useMay()('reference.M')
  const catalogue = loadable.find((name) => name === set.catalogue)
  const fail = (error: Parameters<typeof words>[0]) => showToast({ tone: 'bad', text: words(error) })
  const using = useAct(codes, 'useEdition', { onError: fail })
  const dropping = useAct(codes, 'dropEdition', {
    onError: fail,
    onDone: () => showToast({ text: t('loaded.dropped') }),
  })
  if (!catalogue) return null
  const use = (id: string | null, edition: string) =>
    using.start({ catalogue, id }, ({ before }) =>
      showToast({
        text: t('loaded.nowUsed', { edition }),
        undo: () => using.start({ catalogue, id: before }),
      }),
    )
  if (set.loaded.length === 0) return <p className="os-dim">{t('loaded.none')}</p>
  return (
    <ul className="cs-loaded" aria-label={t('loaded.title')}>
      {set.loaded.map((edition) => (
        <li key={edition.id}>
          <EditionFacts edition={edition} />
          {may ? (
            <span className="cs-acts">
              {edition.state === 'ready' && !edition.inUse ? (
                <Button
                  intent="primary"
                  loading={using.isPending}
                  onClick={() => use(edition.id, edition.edition)}
                >
                  {t('loaded.use')}
                </Button>
              ) : null}
              {edition.inUse || edition.state === 'reading' ? null : (
                <Button
                  variant="minimal"
                  intent="danger"
                  loading={dropping.isPending}
                  onClick={() => dropping.start({ id: edition.id })}
                >
                  {t('loaded.drop')}
                </Button>
              )}
            </span>
          ) : null}
        </li>
      ))}
      {set.bundled ? null : (
        <li>
          <span className="os-grow">
            <bdi>{set.bundledEdition}</bdi> <span className="os-dim">{t('set.bundled')}</span>
          </span>
          {may ? <Button onClick={() => use(null, set.bundledEdition)}>{t('loaded.back')}</Button> : null}
        </li>
      )}
    </ul>
  )
}

const tones: Record<LoadedEdition['state'], Tone> = {
  waiting: 'neutral',
  reading: 'info',
  ready: 'ok',
  refused: 'bad',
  stopped: 'warn',
}

function EditionFacts({ edition }: { edition: LoadedEdition }) {
  const t = useTexts(codesTexts)
  const f = useFormats()
  const { added, gone, changed, goneInUse, fault, faultLine } = edition
  return (
    <span className="os-grow">
      <b>
        <bdi>{edition.edition}</bdi>
      </b>{' '}
      <Tag tone={edition.inUse ? 'ok' : tones[edition.state]}>
        {edition.inUse ? t('loaded.inUse') : t(`state.${edition.state}`)}
      </Tag>
      <span className="cs-line os-dim os-sm">
        <bdi dir="ltr">{edition.fileName}</bdi> · {f.instant(edition.loadedAt)}
        {edition.loadedByName ? (
          <>
            {' · '}
            <bdi>{edition.loadedByName}</bdi>
          </>
        ) : null}
      </span>
      {edition.rows === null ? null : (
        <span className="cs-line">
          {t('loaded.counts', {
            rows: f.number(edition.rows),
            added: f.number(added ?? 0),
            gone: f.number(gone ?? 0),
            changed: f.number(changed ?? 0),
          })}
        </span>
      )}
      {goneInUse ? <span className="cs-line">{t('loaded.goneInUse', { count: goneInUse })}</span> : null}
      {fault === null ? null : (
        <span className="cs-line os-error" role="alert">
          {t(isFault(fault) ? `fault.${fault}` : 'fault.other')}
          {faultLine ? ` ${t('fault.line', { line: f.number(faultLine) })}` : null}
        </span>
      )}
    </span>
  )
}
