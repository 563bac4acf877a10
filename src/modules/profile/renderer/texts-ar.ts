// Arabic of the profile module, complete by its type.
import type { Arabic } from '#renderer/i18n/define.ts'
import type { en } from './texts-en.ts'

export const ar: Arabic<typeof en> = {
  title: 'الملف الصحي',
}
