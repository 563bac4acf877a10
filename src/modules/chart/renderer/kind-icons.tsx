// A small sign for each kind of record, so that the eye finds its way down a mixed list. The word stands beside it
// for readers.
import {
  Calendar,
  Clipboard,
  Document,
  Edit,
  Endorsed,
  Flag,
  Flash,
  Heatmap,
  Pulse,
  Shield,
  Tint,
  WarningSign,
} from '@blueprintjs/icons'
import type { ReactElement } from 'react'
import type { ItemKind } from './selection.ts'

const size = 13

export const kindIcons: Readonly<Record<ItemKind, ReactElement>> = {
  encounter: <Calendar size={size} />,
  note: <Edit size={size} />,
  condition: <Flag size={size} />,
  medication: <Tint size={size} />,
  report: <Heatmap size={size} />,
  immunization: <Shield size={size} />,
  procedure: <Flash size={size} />,
  document: <Document size={size} />,
  'care-plan': <Clipboard size={size} />,
  allergy: <WarningSign size={size} />,
  observation: <Pulse size={size} />,
  source: <Endorsed size={size} />,
}
