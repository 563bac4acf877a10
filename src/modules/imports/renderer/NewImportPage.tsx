// Beginning an import: the files, where they come from, then reading, which changes nothing yet.
import { Document } from '@blueprintjs/icons'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { imports } from '../shared/contract.ts'
import { DropZone } from './DropZone.tsx'
import { importTexts } from './i18n.ts'
import { joined, type Picked, sizeOf } from './picked-files.ts'
import { sendFiles } from './upload-queue.ts'
import './imports.css'

const namesShown = 8

export function NewImportPage() {
  const t = useTexts(importTexts)
  useTitle(t('new.title'))
  const navigate = useNavigate()
  const { role } = useMe()
  const errorWords = useErrorText()
  const [picked, setPicked] = useState<Picked | null>(null)
  const [source, setSource] = useState<string | null>(null)
  const [isAsked, setAsked] = useState(false)
  // People import from the same place again and again: the last one is the likely one.
  const before = useRead(imports, 'list', {})
  const sourceName = source ?? picked?.folder ?? before.data?.batches[0]?.sourceName ?? ''
  const create = useAct(imports, 'create', {
    onDone: (batch) => {
      if (picked) sendFiles(batch.id, picked.files)
      void navigate(`/imports/${batch.id}`, { replace: true })
    },
  })
  const add = (more: Picked) => setPicked((now) => (now ? joined(now, more) : more))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (sourceName.trim() !== '' && picked && picked.files.length > 0)
      create.start({ sourceName: sourceName.trim() })
  }
  return (
    <div className="os-page os-page-narrow">
      <PageHeader title={t('new.title')} />
      <DropZone onPick={add} autoFocus />
      {picked ? (
        <form onSubmit={submit} noValidate className="os-stack">
          <PickedList picked={picked} onClear={() => setPicked(null)} />
          <Card>
            <div className="os-stack">
              <TextField
                label={t('new.source')}
                value={sourceName}
                onChange={setSource}
                maxLength={200}
                hint={t('new.sourceHint')}
                error={isAsked && sourceName.trim() === '' ? t('new.sourceNeeded') : undefined}
              />
              {role === 'doctor' ? <Notice tone="info">{t('new.doctorHint')}</Notice> : null}
              {create.error ? <Notice tone="bad">{errorWords(create.error)}</Notice> : null}
              <div className="os-row">
                <Button
                  type="submit"
                  intent="primary"
                  kbd="Enter"
                  loading={create.isPending}
                  disabled={picked.files.length === 0}
                >
                  {t('new.read')}
                </Button>
                <span className="os-dim os-sm">{t('new.readHint')}</span>
              </div>
            </div>
          </Card>
        </form>
      ) : null}
    </div>
  )
}

function PickedList({ picked, onClear }: { picked: Picked; onClear: () => void }) {
  const t = useTexts(importTexts)
  const { bytes, number } = useFormats()
  const rest = picked.files.length - namesShown
  return (
    <Card
      title={t('new.files', {
        count: picked.files.length,
        n: number(picked.files.length),
        size: bytes(sizeOf(picked)),
      })}
      actions={
        <Button small onClick={onClear}>
          {t('new.clear')}
        </Button>
      }
    >
      <ul className="im-picked">
        {picked.files.slice(0, namesShown).map(({ name, file }) => (
          <li key={name}>
            <Document size={14} className="os-dim" />
            <bdi className="os-clip">{name}</bdi>
            <span className="os-dim os-push os-num">{bytes(file.size)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="os-dim">{t('new.andMore', { count: rest, n: number(rest) })}</p> : null}
      {picked.leftOut > 0 ? (
        <p className="os-dim os-sm">
          {t('new.leftOut', { count: picked.leftOut, n: number(picked.leftOut) })}
        </p>
      ) : null}
    </Card>
  )
}
