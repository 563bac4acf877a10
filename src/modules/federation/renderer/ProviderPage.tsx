// Sign-in with the organisation, as an administrator sets it up: the service, a test, and who signs in like this.
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'
import { LinksCard } from './LinksCard.tsx'
import { ProviderCard } from './ProviderCard.tsx'
import './federation.css'

export function ProviderPage() {
  const t = useTexts(federationTexts)
  useTitle(t('setup.title'))
  const may = useMay()
  const provider = useRead(federation, 'provider', {}, { enabled: may('users.M') })
  return (
    <AdminFrame>
      <QueryView query={provider}>
        {(found) => (
          <div className="fed-grid">
            <ProviderCard latest={found} />
            <LinksCard canLink={found.rev > 0} />
          </div>
        )}
      </QueryView>
    </AdminFrame>
  )
}
