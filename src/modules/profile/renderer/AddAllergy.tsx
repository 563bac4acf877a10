// A new allergy: first to what, then what happens. A substance that is in the chart already is opened instead.
import { useState } from 'react'
import type { SubstanceHit } from '#modules/codes/shared/contract.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Coded } from '#shared/coded.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { type AllergyFields, profile } from '../shared/contract.ts'
import { CloseOnly } from './AddProblem.tsx'
import { AllergyFieldset } from './AllergyFieldset.tsx'
import { editProfile } from './editing.ts'
import { useFieldErrors } from './field-errors.ts'
import { profileTexts, useWord } from './i18n.ts'
import { SearchList } from './SearchList.tsx'
import { takeBack, undoneReason } from './undo.ts'
import { fetchSubstanceHits, useSubstanceHits } from './use-hits.ts'

interface AddAllergyProps {
  readonly patientId: PatientId
  readonly onClose: () => void
}

interface Chosen {
  readonly substance: Coded
  readonly category: AllergyFields['category']
}

export function AddAllergy({ patientId, onClose }: AddAllergyProps) {
  const t = useTexts(profileTexts)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  if (chosen)
    return (
      <NewAllergyForm
        patientId={patientId}
        chosen={chosen}
        onBack={() => setChosen(null)}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('allergy.add')} isOpen onClose={onClose} actions={<CloseOnly onClose={onClose} />}>
      <SearchList<SubstanceHit>
        label={t('allergy.search')}
        placeholder={t('allergy.placeholder')}
        hint={t('allergy.hint')}
        useItems={useSubstanceHits}
        fetchItems={fetchSubstanceHits}
        keyOf={(hit) => `${hit.system} ${hit.code}`}
        render={(hit) => <SubstanceHitLine hit={hit} />}
        onChoose={({ system, code, display, category }) =>
          setChosen({ substance: { system, code, display }, category })
        }
        onWords={(display) => setChosen({ substance: { system: null, code: null, display }, category: null })}
        wordsLabel={(text) => t('search.asWords', { text })}
        nothingLabel={t('search.nothing')}
      />
    </Dialog>
  )
}

function SubstanceHitLine({ hit }: { hit: SubstanceHit }) {
  const word = useWord()
  return (
    <>
      <span className="pf-hit-words">
        <span>
          <bdi>{hit.display}</bdi>
        </span>
        {hit.via ? (
          <span className="os-dim os-sm">
            <bdi>{hit.via}</bdi>
          </span>
        ) : null}
      </span>
      {hit.category ? <span className="os-dim os-sm">{word(hit.category)}</span> : null}
    </>
  )
}

interface NewAllergyFormProps extends AddAllergyProps {
  readonly chosen: Chosen
  readonly onBack: () => void
}

function NewAllergyForm({ patientId, chosen, onBack, onClose }: NewAllergyFormProps) {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const [fields, setFields] = useState<AllergyFields>({ ...newFields, category: chosen.category })
  const [badDate, setBadDate] = useState<string | null>(null)
  const adding = useAct(profile, 'addAllergy')
  const errors = useFieldErrors(adding.error)
  const there = adding.error?.code === 'DUPLICATE' ? String(adding.error.details.id ?? '') : null
  const { substance } = chosen

  const save = () =>
    adding.start({ patientId, substance, ...fields }, ({ id, rev, withdrewNone }) => {
      onClose()
      const name = substance.display
      showToast({
        text: t(withdrewNone ? 'allergy.addedInstead' : 'allergy.added', { name }),
        undo: () => takeBack('voidAllergy', { patientId, id, rev, reason: undoneReason, undo: true }, words),
      })
    })
  return (
    <Dialog
      title={t('allergy.add')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      isBusy={adding.isPending}
      canSubmit={badDate === null}
      submitLabel={t('allergy.save')}
      error={there === null ? errors.rest : null}
    >
      <p className="pf-what">
        <bdi>{substance.display}</bdi>
        <Button small variant="minimal" onClick={onBack}>
          {t('allergy.other')}
        </Button>
      </p>
      {there === null ? null : (
        <Notice tone="warn" title={t('allergy.there')}>
          <Button autoFocus onClick={() => editProfile({ kind: 'allergy', patientId, id: there })}>
            {t('problem.openThere')}
          </Button>
        </Notice>
      )}
      <AllergyFieldset
        isNew
        fields={fields}
        onChange={(part) => setFields((now) => ({ ...now, ...part }))}
        onDateProblem={setBadDate}
        errors={errors}
      />
    </Dialog>
  )
}

const newFields: AllergyFields = {
  clinicalStatus: 'active',
  verificationStatus: 'confirmed',
  type: null,
  category: null,
  criticality: null,
  manifestations: [],
  severity: null,
  onset: null,
  note: null,
}
