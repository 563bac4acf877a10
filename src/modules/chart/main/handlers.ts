// Procedure to function, one line each.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { chart } from '../shared/contract.ts'
import { recordNoKnownAllergies, withdrawNoKnownAllergies } from './allergies.ts'
import { itemInFull } from './item.ts'
import { openChart } from './open.ts'
import { resultsPage } from './results.ts'
import {
  documentsPage,
  encountersPage,
  medicinesPage,
  observationsPage,
  problemsPage,
  timelinePage,
} from './sections.ts'
import { sourceInFull, sourcesPage } from './sources.ts'
import { chartTables } from './tables.ts'

export const chartModule: ModuleDef = {
  name: 'chart',
  tables: Object.values(chartTables),
  implementations: ({ records }) => [
    implement(chart, {
      open: (ctx, input) => {
        records.requireTrue(ctx.read, input.patientId)
        return openChart(ctx, input)
      },
      timeline: timelinePage,
      problems: problemsPage,
      medicines: medicinesPage,
      results: resultsPage,
      observations: observationsPage,
      documents: documentsPage,
      encounters: encountersPage,
      item: itemInFull,
      sources: sourcesPage,
      source: sourceInFull,
      recordNoKnownAllergies,
      withdrawNoKnownAllergies,
    }),
  ],
}
