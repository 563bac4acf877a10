// What the imports module brings to the window.
import { Import } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { BatchPage } from './BatchPage.tsx'
import { ImportsPage } from './ImportsPage.tsx'
import { importTexts } from './i18n.ts'
import { NewImportPage } from './NewImportPage.tsx'

export const importsRenderer: RendererModule = {
  name: 'imports',
  routes: [
    { path: 'imports', element: <ImportsPage /> },
    { path: 'imports/new', element: <NewImportPage /> },
    { path: 'imports/:batchId', element: <BatchPage /> },
  ],
  nav: [
    {
      path: '/imports',
      labelKey: importTexts.key('nav.imports'),
      icon: <Import />,
      access: 'fileImport.R',
      order: 60,
    },
  ],
  actions: [
    {
      id: 'imports.new',
      labelKey: importTexts.key('action.new'),
      access: 'fileImport.C',
      icon: <Import />,
      path: '/imports/new',
    },
  ],
}
