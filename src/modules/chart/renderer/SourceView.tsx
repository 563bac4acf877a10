// An imported original exactly as it came, as text. Indented for reading; nothing of it is interpreted.
import { Clipboard } from '@blueprintjs/icons'
import { useMemo } from 'react'
import { MarkItemButton } from '#modules/access/renderer/api.ts'
import { copyText } from '#renderer/api/copies.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { showToast } from '#ui/toast.ts'
import { chart } from '../shared/contract.ts'
import { chartTexts } from './i18n.ts'
import { MiddleFrame } from './ItemView.tsx'
import { indentJson } from './json-text.ts'
import type { Selection } from './selection.ts'

/** Above this, indenting would stall the window for longer than it helps. */
const longest = 2_000_000

export function SourceView({
  patientId,
  id,
  selection,
}: {
  patientId: string
  id: string
  selection: Selection
}) {
  const t = useTexts(chartTexts)
  const source = useRead(chart, 'source', { patientId, id })
  const copy = (json: string) =>
    void copyText(json).then(
      () => showToast({ text: t('source.copied') }),
      () => undefined,
    )
  return (
    <QueryView query={source}>
      {({ resourceType, json }) => (
        <MiddleFrame
          kind="source"
          title={resourceType}
          selection={selection}
          actions={
            <>
              <MarkItemButton patientId={patientId as PatientId} target={{ table: 'source_resource', id }} />
              <Button icon={<Clipboard />} onClick={() => copy(json)}>
                {t('source.copy')}
              </Button>
            </>
          }
        >
          <p className="os-dim os-sm">{json.length > longest ? t('source.large') : t('source.text')}</p>
          <Json json={json} />
        </MiddleFrame>
      )}
    </QueryView>
  )
}

function Json({ json }: { json: string }) {
  const t = useTexts(chartTexts)
  const text = useMemo(() => (json.length > longest ? json : indentJson(json)), [json])
  return (
    /* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a region that
       scrolls must be reachable by key (WCAG 2.1.1) */
    <pre
      className="ch-json"
      dir="ltr"
      tabIndex={0}
      aria-label={t('source.text')}
      // Here the arrow keys scroll.
      onKeyDown={(event) => {
        if (event.key.startsWith('Arrow')) event.stopPropagation()
      }}
    >
      {text}
    </pre>
  )
}
