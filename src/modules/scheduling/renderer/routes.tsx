// What the scheduling module brings to the window: the schedule, the waitlist, its pages under Admin, "Book" in a chart.
import { Calendar } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { DisplacedPage } from './DisplacedPage.tsx'
import { schedulingTexts } from './i18n.ts'
import { BookAction } from './patient/BookAction.tsx'
import { PatientAppointments } from './patient/PatientAppointments.tsx'
import { SchedulePage } from './SchedulePage.tsx'
import { HoursPage } from './setup/HoursPage.tsx'
import { ResourcesPage } from './setup/ResourcesPage.tsx'
import { VisitTypesPage } from './setup/VisitTypesPage.tsx'
import { WaitlistPage } from './waitlist/WaitlistPage.tsx'

const text = schedulingTexts.key

export const schedulingRenderer: RendererModule = {
  name: 'scheduling',
  routes: [
    { path: 'schedule', element: <SchedulePage /> },
    { path: 'schedule/waitlist', element: <WaitlistPage /> },
    { path: 'schedule/to-move', element: <DisplacedPage /> },
    { path: 'admin/providers', element: <ResourcesPage /> },
    { path: 'admin/visit-types', element: <VisitTypesPage /> },
    { path: 'admin/hours', element: <HoursPage /> },
  ],
  nav: [
    { path: '/schedule', labelKey: text('title'), icon: <Calendar />, access: 'appointments.R', order: 15 },
  ],
  adminTabs: [
    {
      path: '/admin/providers',
      labelKey: text('setup.resources'),
      access: 'schedules.M',
      order: 50,
      group: 'visits',
    },
    {
      path: '/admin/visit-types',
      labelKey: text('type.title'),
      access: 'schedules.M',
      order: 52,
      group: 'visits',
    },
    {
      path: '/admin/hours',
      labelKey: text('setup.hours'),
      access: 'schedules.M',
      order: 54,
      group: 'visits',
    },
  ],
  actions: [
    {
      id: 'scheduling.waitlist',
      labelKey: text('waitlist.title'),
      access: 'appointments.R',
      path: '/schedule/waitlist',
    },
    {
      id: 'scheduling.displaced',
      labelKey: text('displaced.title'),
      access: 'appointments.R',
      path: '/schedule/to-move',
    },
  ],
  chartActions: [{ order: 10, Action: BookAction }],
  patientCards: [{ order: 10, Card: PatientAppointments }],
}
