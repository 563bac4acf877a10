// What the patients module brings to the window: the list, registering, the details of a person, and the search box.
// `/patients/:patientId` itself is the chart module's.
import { People, Plus } from '@blueprintjs/icons'
import { registerHeaderSearch } from '#renderer/app/header-slot.ts'
import type { RendererModule } from '#renderer/app/module.ts'
import { DetailsPage } from './DetailsPage.tsx'
import { EditPage } from './EditPage.tsx'
import { patientTexts } from './i18n.ts'
import { PatientSearchBox } from './PatientSearchBox.tsx'
import { PatientsPage } from './PatientsPage.tsx'
import { RegisterPage } from './RegisterPage.tsx'

registerHeaderSearch(PatientSearchBox)

export const patientsRenderer: RendererModule = {
  name: 'patients',
  routes: [
    { path: 'patients', element: <PatientsPage /> },
    { path: 'patients/new', element: <RegisterPage /> },
    { path: 'patients/:patientId/details', element: <DetailsPage /> },
    { path: 'patients/:patientId/edit', element: <EditPage /> },
  ],
  nav: [
    {
      path: '/patients',
      labelKey: patientTexts.key('nav.patients'),
      icon: <People />,
      access: 'patientSearch.R',
      order: 20,
    },
  ],
  actions: [
    {
      id: 'patients.register',
      labelKey: patientTexts.key('list.registerPatient'),
      access: 'demographics.C',
      icon: <Plus />,
      path: '/patients/new',
    },
  ],
}
