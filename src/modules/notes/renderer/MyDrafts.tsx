// Own unsigned drafts over all patients, newest first: for the Today page. Opening one leads to its patient's chart.
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/States.tsx'
import { notes } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'
import './notes.css'

/** Nothing at all for roles that write no notes. */
export function MyDrafts() {
  const may = useMay()
  return may('notes.C') ? <DraftList /> : null
}

function DraftList() {
  const t = useTexts(notesTexts)
  const f = useFormats()
  const drafts = useRead(notes, 'myDrafts', {})
  const count = drafts.data?.length ?? 0
  return (
    <Card
      title={t('drafts.title')}
      meta={count > 0 ? t('drafts.count', { count }) : undefined}
      padded={false}
    >
      <QueryView query={drafts} small>
        {(list) =>
          list.length === 0 ? (
            <EmptyState small title={t('drafts.none')} />
          ) : (
            <ul className="note-drafts">
              {list.map((draft) => (
                <li key={draft.id}>
                  <Link to={`/patients/${draft.patientId}?draft=${draft.id}`} className="note-draft">
                    <span className="os-strong" dir="auto">
                      {draft.patientName}
                    </span>
                    <span dir="auto">
                      {draft.kind === 'note' ? draft.title : `${t(`kind.${draft.kind}`)}: ${draft.title}`}
                    </span>
                    <span className="os-dim os-push">{f.ago(draft.updatedAt)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  )
}
