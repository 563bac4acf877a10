// The addresses of the window, gathered from the modules under the signed-in layout.
import { createHashRouter, Navigate } from 'react-router'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/States.tsx'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import { Crashed } from './ErrorBoundary.tsx'
import { goHome, keepRouter } from './go.ts'
import { Layout } from './Layout.tsx'
import { registeredModules } from './registry.ts'

type Router = ReturnType<typeof createHashRouter>
let router: Router | null = null

/** One for the life of the window: after unlocking, the same person is back on the same page. */
export function appRouter(): Router {
  if (router) return router
  router = createHashRouter([
    {
      path: '/',
      element: <Layout />,
      errorElement: <Crashed />,
      children: [
        { index: true, element: <Navigate to="/today" replace /> },
        {
          errorElement: <Crashed />,
          children: [
            ...registeredModules().flatMap((module) => module.routes),
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ])
  keepRouter(router)
  return router
}

function NotFound() {
  const t = useTexts(commonTexts)
  return (
    <EmptyState
      title={t('state.notFound')}
      text={t('state.notFoundText')}
      action={<Button onClick={() => void goHome()}>{t('state.home')}</Button>}
    />
  )
}
