// The bell in the header: how many notices I have not seen; a click leads to them.
import { Notifications } from '@blueprintjs/icons'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { oversight } from '../shared/contract.ts'
import { useOversightWords } from './words.tsx'
import './oversight.css'

export function Bell() {
  const { t, f } = useOversightWords()
  const { data } = useRead(oversight, 'unread', {}, { everyMs: 60_000 })
  const count = data?.unread ?? 0
  const label = count === 0 ? t('bell.none') : t('bell.some', { count })
  return (
    <Link to="/notices" className="ov-bell" aria-label={label} title={label}>
      <Notifications size={16} />
      {count > 0 ? (
        <span className="ov-bell-count" aria-hidden="true">
          {count > 99 ? `${f.number(99)}+` : f.number(count)}
        </span>
      ) : null}
    </Link>
  )
}
