// Loading a newer edition: its name and its file. Reading goes on by itself; nothing is searched anew until it is put to use.
import { useState } from 'react'
import { isApiError, newOpId } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, client } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Field } from '#ui/Field.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type CodeSet, codes, loadable } from '../shared/contract.ts'
import { codesTexts } from './i18n.ts'

export function LoadDialog({ set, onClose }: { set: CodeSet; onClose: () => void }) {
  const t = useTexts(codesTexts)
  const words = useErrorText()
  const [edition, setEdition] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const catalogue = loadable.find((name) => name === set.catalogue)
  const hasName = edition.trim().length >= 2

  const send = async () => {
    setTried(true)
    if (!catalogue || !file || !hasName) return
    setBusy(true)
    setError(null)
    try {
      const input = { catalogue, edition: edition.trim(), fileName: file.name }
      const { token } = await callProcedure(codes, 'loadEdition', input, { opId: newOpId() })
      await client.upload(token, file)
      showToast({ text: t('load.sent') })
      onClose()
    } catch (thrown) {
      if (!isApiError(thrown)) throw thrown
      setError(words(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('load.title', { title: set.title })}
      isOpen
      onClose={onClose}
      onSubmit={() => void send()}
      submitLabel={t('load.do')}
      isBusy={isBusy}
      error={error}
    >
      <TextField
        label={t('load.edition')}
        value={edition}
        onChange={setEdition}
        placeholder="FY 2027 (October 2026)"
        maxLength={100}
        autoFocus
        error={isTried && !hasName ? t('load.editionNeeded') : null}
      />
      <Field
        label={t('load.file')}
        hint={t('load.fileHint')}
        error={isTried && !file ? t('load.fileNeeded') : null}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            className="os-input"
            accept=".txt,.gz"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        )}
      </Field>
    </Dialog>
  )
}
