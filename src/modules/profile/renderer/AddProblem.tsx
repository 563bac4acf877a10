// A diagnosis in three letters and Enter. Everything else about it can be said later: Mod+Enter opens the details.
import { useState } from 'react'
import type { ProblemHit } from '#modules/codes/shared/contract.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Coded } from '#shared/coded.ts'
import type { EncounterId, PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { profile } from '../shared/contract.ts'
import { editProfile } from './editing.ts'
import { profileTexts } from './i18n.ts'
import { SearchList } from './SearchList.tsx'
import { takeBack, undoneReason } from './undo.ts'
import { fetchProblemHits, useProblemHits } from './use-hits.ts'

export interface AddProblemProps {
  readonly patientId: PatientId
  /** The visit in which it is found, where one is under way. */
  readonly encounterId: EncounterId | null
  readonly onClose: () => void
}

interface Wanted {
  readonly code: Coded
  readonly withMore: boolean
}

export function AddProblem({ patientId, encounterId, onClose }: AddProblemProps) {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const adding = useAct(profile, 'addProblem')
  const there = adding.error?.code === 'DUPLICATE' ? String(adding.error.details.id ?? '') : null

  const add = (next: Wanted, another = false) => {
    setWanted(next)
    adding.start({ patientId, encounterId, code: next.code, another }, (added) => {
      onClose()
      const open = () => editProfile({ kind: 'problem', patientId, id: added.id })
      if (next.withMore) return open()
      const { id, rev } = added
      showToast({
        text: t('problem.added', { name: added.code.display }),
        undo: () => takeBack('voidProblem', { patientId, id, rev, reason: undoneReason }, words),
        action: { label: t('problem.details'), run: open },
      })
    })
  }
  return (
    <Dialog title={t('problem.add')} isOpen onClose={onClose} actions={<CloseOnly onClose={onClose} />}>
      <SearchList<ProblemHit>
        label={t('problem.search')}
        placeholder={t('problem.placeholder')}
        hint={t('problem.hint')}
        isBusy={adding.isPending}
        useItems={useProblemHits}
        fetchItems={fetchProblemHits}
        keyOf={(hit) => hit.code}
        render={(hit) => <ProblemHitLine hit={hit} />}
        onChoose={({ system, code, display }, withMore) => add({ code: { system, code, display }, withMore })}
        onWords={(display, withMore) => add({ code: { system: null, code: null, display }, withMore })}
        wordsLabel={(text) => t('search.asWords', { text })}
        nothingLabel={t('search.nothing')}
        onText={adding.reset}
        error={adding.error && there === null ? words(adding.error) : null}
      />
      {there !== null && wanted ? (
        <Notice tone="warn" title={t('problem.there')}>
          <span className="pf-acts">
            <Button autoFocus onClick={() => editProfile({ kind: 'problem', patientId, id: there })}>
              {t('problem.openThere')}
            </Button>
            <Button onClick={() => add(wanted, true)}>{t('problem.another')}</Button>
          </span>
        </Notice>
      ) : null}
    </Dialog>
  )
}

function ProblemHitLine({ hit }: { hit: ProblemHit }) {
  const t = useTexts(profileTexts)
  const above = hit.parents.at(0)
  return (
    <>
      <bdi className="pf-code">{hit.code}</bdi>
      <span className="pf-hit-words">
        <span>
          <bdi>{hit.display}</bdi>
        </span>
        {above ? (
          <span className="os-dim os-sm">
            <bdi>
              {above.code} {above.display}
            </bdi>
          </span>
        ) : null}
      </span>
      {hit.billable ? null : <Tag title={t('problem.headingHint')}>{t('problem.heading')}</Tag>}
      {hit.by === 'used' ? <Tag tone="info">{t('search.used')}</Tag> : null}
    </>
  )
}

export function CloseOnly({ onClose }: { onClose: () => void }) {
  const t = useTexts(profileTexts)
  return (
    <Button onClick={onClose} kbd="Escape">
      {t('act.close')}
    </Button>
  )
}
