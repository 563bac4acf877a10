// Scheduling: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { scheduling } from '../shared/contract.ts'
import { addAbsence, removeAbsence, restoreAbsence } from './absences.ts'
import { amend, book, cancel, checkSlot, move, noShow, restore } from './booking.ts'
import { calendar, getAppointment, patientAppointments } from './calendar.ts'
import { displaced } from './displaced.ts'
import { setFlow } from './flow.ts'
import { saveHours } from './hours.ts'
import { byAppointment } from './relation.ts'
import {
  bookSeries,
  cancelSeries,
  changeSeries,
  changeSeriesPreview,
  getSeries,
  seriesPreview,
} from './series.ts'
import { saveProvider, saveRoom, saveVisitType, setup } from './setup.ts'
import { freeSlots } from './slots.ts'
import * as tables from './tables.ts'
import { addToWaitlist, removeFromWaitlist, returnToWaitlist, waitlist, waitlistMatches } from './waitlist.ts'
import { walkIn } from './walk-in.ts'

export const schedulingModule: ModuleDef = {
  name: 'scheduling',
  tables: Object.values(tables),
  implementations: (services) => [
    implement(scheduling, {
      setup,
      saveProvider,
      saveRoom,
      saveVisitType,
      saveHours,
      addAbsence,
      removeAbsence,
      restoreAbsence,
      calendar: (ctx, input) => calendar(services, ctx, input),
      appointment: getAppointment,
      patientAppointments,
      freeSlots,
      checkSlot: (ctx, input) => checkSlot(services, ctx, input),
      displaced: (ctx, input) => displaced(services, ctx, input),
      book,
      walkIn,
      move,
      amend,
      cancel,
      noShow,
      restore,
      setFlow,
      series: getSeries,
      seriesPreview: (ctx, input) => seriesPreview(services, ctx, input),
      bookSeries,
      changeSeriesPreview: (ctx, input) => changeSeriesPreview(services, ctx, input),
      changeSeries,
      cancelSeries,
      waitlist: (ctx, input) => waitlist(services, ctx, input),
      waitlistMatches: (ctx, input) => waitlistMatches(services, ctx, input),
      addToWaitlist,
      removeFromWaitlist,
      returnToWaitlist,
    }),
  ],
  relations: [byAppointment],
}
