// What other modules may ask of the schedule.
export {
  bookedAppointment,
  type UpcomingAppointment,
  upcomingAppointments,
  visitTypeNames,
} from './upcoming.ts'
