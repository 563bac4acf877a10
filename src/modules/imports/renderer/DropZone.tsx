// Where files come in: chosen, a whole folder, or dropped.
import { DocumentOpen, FolderOpen, Import } from '@blueprintjs/icons'
import { type DragEvent, useRef, useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { importTexts } from './i18n.ts'
import { droppedFrom, type Picked, pickedFrom } from './picked-files.ts'

export function DropZone({
  onPick,
  autoFocus = false,
}: {
  onPick: (picked: Picked) => void
  autoFocus?: boolean
}) {
  const t = useTexts(importTexts)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFrom(event.dataTransfer).then(onPick)
  }
  const pick = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onPick(pickedFrom(input.files))
    input.value = ''
  }
  return (
    // The buttons do the same; dropping is an extra for the mouse.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={isOver ? 'im-drop im-over' : 'im-drop'}
      aria-label={t('new.drop')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={drop}
    >
      <Import size={28} className="os-dim" />
      <p className="os-strong">{isOver ? t('new.dropNow') : t('new.drop')}</p>
      <p className="os-dim os-sm">{t('new.dropHint')}</p>
      <div className="os-row">
        <Button
          intent="primary"
          icon={<DocumentOpen size={14} />}
          autoFocus={autoFocus}
          onClick={() => files.current?.click()}
        >
          {t('new.choose')}
        </Button>
        <Button icon={<FolderOpen size={14} />} onClick={() => folder.current?.click()}>
          {t('new.folder')}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('new.choose')}
        accept=".json,.ndjson,.jsonl,.gz,application/fhir+json,application/json,application/gzip"
        onChange={(event) => pick(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t('new.folder')}
        webkitdirectory=""
        onChange={(event) => pick(event.currentTarget)}
      />
    </section>
  )
}

// React's types do not know the attribute that every browser we run in has.
declare module 'react' {
  interface InputHTMLAttributes<T> {
    webkitdirectory?: T extends HTMLInputElement ? string : never
  }
}
