// Arabic of the papers module, complete by its type.
import type { Arabic } from '#renderer/i18n/define.ts'
import type { en } from './texts-en.ts'

export const ar: Arabic<typeof en> = {
  title: 'المطبوعات',
}
