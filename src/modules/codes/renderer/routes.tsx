// What the codes module brings to the window: editions of code sets, under Admin.
import type { RendererModule } from '#renderer/app/module.ts'
import { CodeSetsPage } from './CodeSetsPage.tsx'
import { codesTexts } from './i18n.ts'

export const codesRenderer: RendererModule = {
  name: 'codes',
  routes: [{ path: 'admin/code-sets', element: <CodeSetsPage /> }],
  nav: [],
  adminTabs: [
    {
      path: '/admin/code-sets',
      labelKey: codesTexts.key('nav.codeSets'),
      access: 'reference.M',
      order: 40,
      group: 'system',
    },
  ],
  actions: [],
}
