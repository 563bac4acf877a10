// Where somebody is signed in, newest act first, each with a way to end it.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import type { SessionLine } from '../shared/sessions-contract.ts'
import { signInTexts } from './i18n.ts'

export interface SessionListProps {
  readonly sessions: readonly SessionLine[]
  readonly onEnd: (id: string) => void
}

export function SessionList({ sessions, onEnd }: SessionListProps) {
  const t = useTexts(signInTexts)
  const { ago, instant } = useFormats()
  if (sessions.length === 0) return <p className="os-dim">{t('sessions.none')}</p>
  return (
    <ul className="session-list">
      {sessions.map((line) => (
        <li key={line.id}>
          <div>
            <p>
              {t(`sessions.door.${line.door}`)}{' '}
              {line.address ? (
                <span dir="ltr" className="os-dim">
                  {line.address}
                </span>
              ) : null}{' '}
              {line.isThis ? <Tag tone="ok">{t('sessions.this')}</Tag> : null}{' '}
              {line.locked ? <Tag>{t('sessions.locked')}</Tag> : null}
            </p>
            <p className="os-dim">
              {t('sessions.since', { time: instant(line.startedAt), ago: ago(line.lastActAt) })} ·{' '}
              {t(`sessions.by.${line.method}`)}
            </p>
          </div>
          {line.isThis ? null : <Button onClick={() => onEnd(line.id)}>{t('sessions.end')}</Button>}
        </li>
      ))}
    </ul>
  )
}
