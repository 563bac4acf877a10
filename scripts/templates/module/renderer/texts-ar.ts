// Arabic of the __module__ module, complete by its type.
import type { Arabic } from '#renderer/i18n/define.ts'
import type { en } from './texts-en.ts'

export const ar: Arabic<typeof en> = {
  title: 'قسم جديد',
  name: 'الاسم',
  empty: 'لا شيء هنا بعد',
  emptyText: 'ما الذي يوضع هنا، وأول ما يجب فعله.',
}
