// What oversight brings to the window: the bell, notices, the review queue, the cards of the privacy officer's home.
import { Endorsed } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { Bell } from './Bell.tsx'
import { LatestNoticesCard, OpenReviewsCard, OverdueCard } from './HomeCards.tsx'
import { oversightTexts } from './i18n.ts'
import { NoticesPage } from './NoticesPage.tsx'
import { ReviewsPage } from './ReviewsPage.tsx'

export const oversightRenderer: RendererModule = {
  name: 'oversight',
  routes: [
    { path: 'notices', element: <NoticesPage /> },
    { path: 'reviews', element: <ReviewsPage /> },
  ],
  nav: [
    {
      path: '/reviews',
      labelKey: oversightTexts.key('nav.reviews'),
      icon: <Endorsed />,
      access: 'reviews.U',
      order: 30,
    },
  ],
  actions: [
    {
      id: 'oversight.notices',
      labelKey: oversightTexts.key('nav.notices'),
      access: 'ownAccount.R',
      path: '/notices',
    },
  ],
  today: [
    { order: 1, Card: OverdueCard },
    { order: 2, Card: OpenReviewsCard },
    { order: 8, Card: LatestNoticesCard },
  ],
  Lamps: Bell,
}
