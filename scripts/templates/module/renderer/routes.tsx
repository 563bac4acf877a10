// What the __module__ module brings to the window.
import { Cube } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { __Pascal__Page } from './__Pascal__Page.tsx'
import { __camel__Texts } from './i18n.ts'

export const __camel__Renderer: RendererModule = {
  name: '__camel__',
  routes: [{ path: '__module__', element: <__Pascal__Page /> }],
  nav: [
    {
      path: '/__module__',
      labelKey: __camel__Texts.key('title'),
      icon: <Cube />,
      access: 'directory.R',
      order: 70,
    },
  ],
  actions: [],
}
