// Asks the saved service whether it can be used, and says in words what is missing.
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'

export function TestService() {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const test = useAct(federation, 'testProvider')
  const result = test.isPending ? undefined : test.data
  return (
    <section className="fed-test" aria-label={t('test.title')}>
      <p className="os-dim">{t('test.text')}</p>
      <div>
        <Button onClick={() => test.start({})} loading={test.isPending}>
          {t('test.run')}
        </Button>
      </div>
      <div aria-live="polite">
        {test.error && !test.isPending ? <Notice tone="bad" title={words(test.error)} /> : null}
        {result?.problem === null ? <Notice tone="ok" title={t('test.ok')} /> : null}
        {result?.problem ? (
          <Notice tone="bad" title={t('test.failed')}>
            {t(`problem.${result.problem}`)}
          </Notice>
        ) : null}
      </div>
    </section>
  )
}
