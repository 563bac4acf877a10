// Words that notices and reviews share: what a kind says, and how an item stands.
import { useEmergencyWhy } from '#modules/access/renderer/api.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Tag, type Tone } from '#ui/Marks.tsx'
import type { Review, ReviewState } from '../shared/contract.ts'
import { kindTexts, oversightTexts } from './i18n.ts'
import { kindsEn } from './kinds-en.ts'

interface Told {
  readonly kind: string
  readonly aboutUserName: string | null
  readonly detail: string | null
}

const isKnown = (kind: string): kind is keyof typeof kindsEn => Object.hasOwn(kindsEn, kind)
const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)
const reasons = ['surname', 'street', 'colleague', 'no-relation', 'repeated', 'night'] as const
const isReason = (code: string): code is (typeof reasons)[number] =>
  (reasons as readonly string[]).includes(code)

export function useOversightWords() {
  const t = useTexts(oversightTexts)
  const kinds = useTexts(kindTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const emergency = useEmergencyWhy()
  const reasonsIn = (codes: string) =>
    f.list(codes.split(' ').flatMap((code) => (isReason(code) ? [t(`reason.${code}`)] : [])))
  const detailOf = ({ kind, detail }: Told): string => {
    if (detail === null) return '–'
    if (isInstant(detail)) return f.instant(detail)
    return kind === 'snooping' && !/^\d+$/.test(detail) ? reasonsIn(detail) : detail
  }
  return {
    t,
    f,
    common,
    /** A kind nobody wrote words for still says that there is something, and its name for whoever asks. */
    say: (told: Told): string =>
      kinds(isKnown(told.kind) ? told.kind : 'other', {
        person: told.aboutUserName ?? common('word.unknown'),
        detail: detailOf(told),
        kind: told.kind,
      }),
    /** Codes of the nightly look and of emergencies in words; other details stand as they are. */
    why: ({ kind, detail }: Pick<Told, 'kind' | 'detail'>): string | null => {
      if (detail === null) return detail
      return kind === 'snooping' ? reasonsIn(detail) : emergency(detail)
    },
  }
}

const tones: Record<ReviewState, Tone> = {
  open: 'info',
  justified: 'ok',
  'not-justified': 'bad',
  closed: 'neutral',
}

export function ReviewTag({ review }: { review: Pick<Review, 'state' | 'overdue'> }) {
  const t = useTexts(oversightTexts)
  if (review.overdue)
    return (
      <Tag tone="bad" strong>
        {t('state.overdue')}
      </Tag>
    )
  return <Tag tone={tones[review.state]}>{t(`state.${review.state}`)}</Tag>
}
