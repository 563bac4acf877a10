// In the header: papers that did not come out, and the place where a preview opens over any screen.
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Lamp } from '#ui/Marks.tsx'
import { papers } from '../shared/contract.ts'
import { papersTexts } from './i18n.ts'
import './papers.css'
import { showPreview, usePreviewed } from './preview-store.ts'

// pdf.js is a megabyte: loaded when the first paper is looked at.
const PreviewDialog = lazy(async () => ({ default: (await import('./PreviewDialog.tsx')).PreviewDialog }))

export function PaperLamps() {
  const may = useMay()
  const paper = usePreviewed()
  return (
    <>
      {may('printing.R') ? <FailedJobs /> : null}
      {paper ? (
        <Suspense fallback={null}>
          <PreviewDialog key={`${paper.kind} ${paper.id}`} paper={paper} onClose={() => showPreview(null)} />
        </Suspense>
      ) : null}
    </>
  )
}

function FailedJobs() {
  const t = useTexts(papersTexts)
  const jobs = useRead(papers, 'jobs', {})
  const failed = (jobs.data ?? []).filter(
    (job) => job.isOwn && (job.state === 'failed' || job.problem === 'PRINTER_STOPPED'),
  ).length
  if (failed === 0) return null
  return (
    <Link to="/printing" className="pp-lamp">
      <Lamp tone="bad">{t('lamp.failed', { count: failed })}</Lamp>
    </Link>
  )
}
