// An act that needs somebody's words: one text that may not be left out, and what else is asked above it.
import { type ReactNode, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextAreaField, TextField } from '#ui/TextField.tsx'
import { usePrivacyWords } from './words.tsx'

interface WordsDialogProps {
  readonly title: string
  readonly label: string
  readonly act: { readonly isPending: boolean; readonly error: ApiError | null }
  readonly onWords: (words: string) => void
  readonly onClose: () => void
  readonly submitLabel?: string
  /** A single line unless given. */
  readonly rows?: number
  readonly shortest?: number
  readonly longest?: number
  readonly children?: ReactNode
}

export function WordsDialog(props: WordsDialogProps) {
  const { title, label, act, onWords, onClose, submitLabel, rows, children } = props
  const { shortest = 3, longest = 500 } = props
  const { t } = usePrivacyWords()
  const errorWords = useErrorText()
  const [words, setWords] = useState('')
  const [wasTried, setTried] = useState(false)
  const isMissing = words.trim().length < shortest
  const field = {
    label,
    value: words,
    onChange: setWords,
    maxLength: longest,
    error: wasTried && isMissing ? t('need.text') : undefined,
  }
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isMissing) onWords(words)
      }}
      {...(submitLabel === undefined ? {} : { submitLabel })}
      isBusy={act.isPending}
      error={act.error ? errorWords(act.error) : null}
    >
      {children}
      {rows === undefined ? <TextField {...field} /> : <TextAreaField {...field} rows={rows} />}
    </Dialog>
  )
}
