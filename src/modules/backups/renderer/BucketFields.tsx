// The fields of a bucket: for a target, and for where a restore looks.
import { PasswordField, TextField } from '#ui/TextField.tsx'
import { useBackupWords } from './words.ts'

export interface BucketValues {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly prefix: string
  readonly accessKey: string
  readonly secretKey: string
}

export const emptyBucket: BucketValues = {
  endpoint: '',
  bucket: '',
  region: 'us-east-1',
  prefix: '',
  accessKey: '',
  secretKey: '',
}

export const isWholeBucket = (values: BucketValues, keepsSecret = false): boolean =>
  [values.endpoint, values.bucket, values.region, values.accessKey].every((text) => text.trim() !== '') &&
  (keepsSecret || values.secretKey !== '')

export function BucketFields({
  values,
  onChange,
  keepsSecret = false,
  wasTried,
}: {
  values: BucketValues
  onChange: (next: BucketValues) => void
  keepsSecret?: boolean
  wasTried: boolean
}) {
  const { t } = useBackupWords()
  const needed = (text: string) => (wasTried && text.trim() === '' ? t('target.needed') : undefined)
  const set = (part: Partial<BucketValues>) => onChange({ ...values, ...part })
  return (
    <>
      <TextField
        label={t('target.endpoint')}
        hint={t('target.endpointHint')}
        value={values.endpoint}
        onChange={(endpoint) => set({ endpoint })}
        dir="ltr"
        error={needed(values.endpoint)}
      />
      <div className="bak-pair">
        <TextField
          label={t('target.bucket')}
          value={values.bucket}
          onChange={(bucket) => set({ bucket })}
          dir="ltr"
          error={needed(values.bucket)}
        />
        <TextField
          label={t('target.region')}
          value={values.region}
          onChange={(region) => set({ region })}
          dir="ltr"
          error={needed(values.region)}
        />
      </div>
      <TextField
        label={t('target.prefix')}
        hint={t('target.prefixHint')}
        value={values.prefix}
        onChange={(prefix) => set({ prefix })}
        dir="ltr"
      />
      <div className="bak-pair">
        <TextField
          label={t('target.accessKey')}
          value={values.accessKey}
          onChange={(accessKey) => set({ accessKey })}
          dir="ltr"
          error={needed(values.accessKey)}
        />
        <PasswordField
          label={t('target.secretKey')}
          value={values.secretKey}
          onChange={(secretKey) => set({ secretKey })}
          purpose="new-password"
          hint={keepsSecret ? t('target.secretKept') : undefined}
          error={keepsSecret ? undefined : needed(values.secretKey)}
        />
      </div>
    </>
  )
}
