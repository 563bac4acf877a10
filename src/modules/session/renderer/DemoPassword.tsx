// The demo clinic's password is no secret: it stands where it is needed.
import { useTexts } from '#renderer/i18n/define.ts'
import { demoPassword } from '#shared/demo.ts'
import { sessionTexts } from './i18n.ts'

export function DemoPassword() {
  const t = useTexts(sessionTexts)
  return <span>{t('in.demo', { password: demoPassword })}</span>
}
