// Admin: the letterhead and how papers come out, with a specimen beside it that follows what is typed.
import { useEffect, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, queryClient, readKey, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField, TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { papers } from '../shared/contract.ts'
import { paperKinds, type PaperKind } from '../shared/paper-data.ts'
import { type Letterhead, LetterheadValues } from '../shared/settings.ts'
import { papersTexts } from './i18n.ts'
import { type HeadDraft, toDraft, toValues } from './letterhead-draft.ts'
import { LogoCard } from './LogoCard.tsx'
import { fetchPaper } from './paper-calls.ts'
import { PdfPages } from './PdfPages.tsx'
import { PrintingCard } from './PrintingCard.tsx'
import './papers.css'

export function LetterheadPage() {
  const t = useTexts(papersTexts)
  useTitle(t('head.title'))
  const saved = useRead(papers, 'letterhead', {})
  return (
    <AdminFrame>
      <QueryView query={saved}>{(value) => <LetterheadForm now={value} />}</QueryView>
    </AdminFrame>
  )
}

function LetterheadForm({ now }: { now: Letterhead }) {
  const t = useTexts(papersTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  // The version this form started from: a later one is a conflict, never overwritten.
  const [rev, setRev] = useState(now.rev)
  const [draft, setDraft] = useState<HeadDraft>(() => toDraft(now))
  const set = (part: Partial<HeadDraft>) => setDraft((before) => ({ ...before, ...part }))
  const takeOver = (next: Letterhead) => {
    setRev(next.rev)
    queryClient.setQueryData(readKey(papers, 'letterhead', {}), next)
  }
  const save = useAct(papers, 'saveLetterhead', {
    onDone: (next) => {
      takeOver(next)
      showToast({ text: t('head.saved') })
    },
  })
  const parsed = LetterheadValues.safeParse(toValues(draft))
  const submit = () => {
    if (parsed.success && !save.isPending) save.start({ rev, values: parsed.data })
  }
  const reload = () => {
    setDraft(toDraft(now))
    setRev(now.rev)
    save.reset()
  }
  const field = (name: 'phone' | 'email' | 'registration' | 'taxNumber' | 'bank', label: string) => (
    <TextField
      label={label}
      optional
      value={draft[name]}
      onChange={(value) => set({ [name]: value })}
      maxLength={200}
    />
  )
  return (
    <div className="pp-head">
      <Form className="pp-head-form" onSubmit={submit}>
        <Card title={t('head.names')}>
          <div className="os-stack">
            <TextField
              label={t('head.name')}
              value={draft.name}
              onChange={(name) => set({ name })}
              error={draft.name.trim() ? undefined : common('word.required')}
              maxLength={120}
              autoFocus
            />
            <TextAreaField
              label={t('head.below')}
              hint={t('head.belowHint')}
              optional
              rows={2}
              value={draft.below}
              onChange={(below) => set({ below })}
            />
            <TextAreaField
              label={t('head.address')}
              optional
              rows={3}
              value={draft.address}
              onChange={(address) => set({ address })}
            />
            {field('phone', t('head.phone'))}
            {field('email', t('head.email'))}
          </div>
        </Card>
        <LogoCard rev={rev} logo={now.logo} onChanged={takeOver} />
        <Card title={t('head.numbers')}>
          <div className="os-stack">
            {field('registration', t('head.registration'))}
            {field('taxNumber', t('head.tax'))}
            {field('bank', t('head.bank'))}
            <TextField
              label={t('head.footer')}
              hint={t('head.footerHint')}
              optional
              value={draft.footer}
              onChange={(footer) => set({ footer })}
              maxLength={300}
            />
          </div>
        </Card>
        <PrintingCard
          language={draft.language}
          settings={draft.settings}
          onLanguage={(language) => set({ language })}
          onSettings={(settings) => set({ settings })}
        />
        {save.error ? (
          <Notice tone="bad" title={words(save.error)}>
            {save.error.code === 'CONFLICT' ? (
              <Button small onClick={reload}>
                {t('head.reload')}
              </Button>
            ) : null}
          </Notice>
        ) : null}
        <div>
          <Button
            type="submit"
            intent="primary"
            kbd="Enter"
            loading={save.isPending}
            disabled={!parsed.success}
          >
            {common('act.save')}
          </Button>
        </div>
      </Form>
      <Specimen values={parsed.success ? parsed.data : null} logoRev={rev} />
    </div>
  )
}

const typingMs = 600

/** The newest paper that could be made stays while another is typed. */
function Specimen({ values, logoRev }: { values: LetterheadValues | null; logoRev: number }) {
  const t = useTexts(papersTexts)
  const [kind, setKind] = useState<PaperKind>('invoice')
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const asked = JSON.stringify(values)
  useEffect(() => {
    if (values === null) return
    let isGone = false
    const timer = setTimeout(() => {
      callProcedure(papers, 'previewLetterhead', { kind, values })
        .then(fetchPaper)
        .then(
          (found) => !isGone && setBytes(found),
          () => {},
        )
    }, typingMs)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
    // The text of the values says when they changed; a new logo counts too.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [asked, kind, logoRev])
  return (
    <section className="pp-specimen" aria-label={t('head.previewOf')}>
      <SelectField
        label={t('head.previewOf')}
        value={kind}
        onChange={setKind}
        choices={paperKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <PdfPages bytes={bytes} zoom={1} />
    </section>
  )
}
