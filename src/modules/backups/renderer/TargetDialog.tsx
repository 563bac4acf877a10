// A place for backups, new or changed.
import { useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox, RadioRow } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { backups, type Target, targetKinds } from '../shared/contract.ts'
import { BucketFields, type BucketValues, emptyBucket, isWholeBucket } from './BucketFields.tsx'
import { useBackupWords } from './words.ts'

export function TargetDialog({ target, onClose }: { target: Target | null; onClose: () => void }) {
  const { t, error } = useBackupWords()
  const [kind, setKind] = useState(target?.kind ?? 'folder')
  const [name, setName] = useState(target?.name ?? '')
  const [folder, setFolder] = useState(target?.path ?? '')
  const [bucket, setBucket] = useState<BucketValues>({
    ...emptyBucket,
    endpoint: target?.endpoint ?? '',
    bucket: target?.bucket ?? '',
    region: target?.region ?? emptyBucket.region,
    prefix: target?.prefix ?? '',
    accessKey: target?.accessKey ?? '',
  })
  const [offSite, setOffSite] = useState(target?.offSite ?? true)
  const [neverDelete, setNeverDelete] = useState(target?.neverDelete ?? false)
  const [wasTried, setTried] = useState(false)
  const save = useAct(backups, 'saveTarget', {
    onDone: () => {
      showToast({ text: t('target.saved') })
      onClose()
    },
  })
  const keepsSecret =
    target?.kind === 'bucket' && target.endpoint === bucket.endpoint && target.accessKey === bucket.accessKey
  const isWhole =
    name.trim() !== '' && (kind === 'folder' ? folder.trim() !== '' : isWholeBucket(bucket, keepsSecret))
  const submit = () => {
    setTried(true)
    if (!isWhole || save.isPending) return
    const common = { id: target?.id ?? null, rev: target?.rev ?? 0, name, offSite, neverDelete }
    if (kind === 'folder') return save.start({ target: { ...common, kind: 'folder', path: folder.trim() } })
    const { secretKey, ...rest } = bucket
    return save.start({
      target: { ...common, kind: 'bucket', ...rest, ...(secretKey === '' ? {} : { secretKey }) },
    })
  }
  const needed = (text: string) => (wasTried && text.trim() === '' ? t('target.needed') : undefined)
  return (
    <Dialog
      title={target ? target.name : t('targets.add')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('target.save')}
      isBusy={save.isPending}
      error={save.error ? error(save.error) : undefined}
    >
      {target ? null : (
        <RadioRow
          label={t('target.kind')}
          value={kind}
          onChange={setKind}
          choices={targetKinds.map((value) => ({ value, label: t(`target.kind.${value}`) }))}
        />
      )}
      <TextField
        label={t('target.name')}
        hint={t('target.nameHint')}
        value={name}
        onChange={setName}
        maxLength={80}
        autoFocus
        error={needed(name)}
      />
      {kind === 'folder' ? (
        <TextField
          label={t('target.path')}
          hint={t('target.pathHint')}
          value={folder}
          onChange={setFolder}
          dir="ltr"
          error={needed(folder)}
        />
      ) : (
        <BucketFields values={bucket} onChange={setBucket} keepsSecret={keepsSecret} wasTried={wasTried} />
      )}
      <Checkbox checked={offSite} onChange={setOffSite}>
        {t('target.offSite')}
      </Checkbox>
      <Checkbox checked={neverDelete} onChange={setNeverDelete} hint={t('target.neverDeleteHint')}>
        {t('target.neverDelete')}
      </Checkbox>
    </Dialog>
  )
}
