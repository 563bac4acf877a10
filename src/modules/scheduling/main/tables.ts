// Tables of the schedule. Wall times are minutes of the clinic's clock; instants of appointments are UTC.
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const schedulable = syncedTable('schedulable', 80, 'plain', {
  /** provider, room or device. */
  kind: { kind: 'text' },
  name: { name: 'text' },
  account: { user_id: 'text?' },
  look: { colour: 'text', position: 'int' },
  state: { active: 'int' },
  room: { default_room_id: 'text?', room_kind: 'text?' },
})

export const visitType = syncedTable('visit_type', 81, 'plain', {
  name: { name: 'text' },
  length: { minutes: 'int' },
  look: { colour: 'text', position: 'int' },
  /** A code of the fee schedule; the price is billing's. */
  fee: { fee_code: 'text?' },
  note: { note_title: 'text?' },
  room: { room_kind: 'text?' },
  /** JSON array of roles. */
  booking: { bookable_by: 'text?' },
  state: { active: 'int' },
})

/** One line of weekly hours. Saving a week voids its lines and writes new ones, so that past days keep theirs. */
export const openingRule = syncedTable('opening_rule', 82, 'plain', {
  rule: {
    resource_id: 'text?',
    weekday: 'int',
    from_minutes: 'int',
    until_minutes: 'int',
    /** open or break. */
    kind: 'text',
    valid_from: 'text?',
    valid_until: 'text?',
  },
})

export const absence = syncedTable('absence', 83, 'plain', {
  time: {
    resource_id: 'text?',
    from_date: 'text',
    from_minutes: 'int',
    until_date: 'text',
    until_minutes: 'int',
  },
  what: { kind: 'text', title: 'text?' },
  entry: { added_at: 'text', added_by: 'text?' },
})

/** FHIR Appointment. Status and stamps form one group: a visit cannot be cancelled at one desk and arrived at another. */
export const appointment = patientTable('appointment', 84, 'review', {
  time: { start_at: 'text', end_at: 'text', provider_id: 'text', room_id: 'text?' },
  type: { visit_type_id: 'text?', reason: 'text?' },
  flow: {
    status: 'text',
    arrived_at: 'text?',
    roomed_at: 'text?',
    with_doctor_at: 'text?',
    done_at: 'text?',
    left_at: 'text?',
    /** Cancelled or not come: when, why, and whether within a day of the visit. */
    closed_at: 'text?',
    close_code: 'text?',
    close_text: 'text?',
    closed_late: 'int',
  },
  override: { override_reason: 'text?' },
  series: { series_id: 'text?', occurrence_date: 'text?', detached: 'int' },
  encounter: { encounter_id: 'text?' },
  origin: { walk_in: 'int', queue_number: 'int?', booked_by: 'text?', booked_at: 'text' },
})

/** The rule; its dates stand as appointments that name it, and the ones changed on their own are marked there. */
export const appointmentSeries = patientTable('appointment_series', 85, 'review', {
  rule: {
    freq: 'text',
    interval: 'int',
    /** JSON array of weekdays. */
    weekdays: 'text',
    monthly_by: 'text',
    anchor: 'int?',
    count: 'int?',
    until: 'text?',
    first_date: 'text',
    start_minutes: 'int',
    minutes: 'int',
    provider_id: 'text',
    room_id: 'text?',
  },
  type: { visit_type_id: 'text?', reason: 'text?' },
  /** The series this one continues since a change of "this and following". */
  origin: { follows_id: 'text?', booked_by: 'text?', booked_at: 'text' },
})

export const waitlistEntry = patientTable('waitlist_entry', 86, 'plain', {
  wish: {
    visit_type_id: 'text?',
    minutes: 'int',
    provider_id: 'text?',
    urgency: 'text',
    earliest: 'text?',
    latest: 'text?',
    /** JSON array of weekdays. */
    weekdays: 'text',
    from_minutes: 'int?',
    until_minutes: 'int?',
    note: 'text?',
  },
  /** waiting, booked or removed; the appointment that fulfilled it. */
  state: { state: 'text', closed_at: 'text?', fulfilled_by: 'text?' },
  entry: { added_at: 'text', added_by: 'text?', appointment_id: 'text?' },
})

declare module '#core/store/database.ts' {
  interface Database {
    schedulable: RowOf<typeof schedulable>
    visit_type: RowOf<typeof visitType>
    opening_rule: RowOf<typeof openingRule>
    absence: RowOf<typeof absence>
    appointment: RowOf<typeof appointment>
    appointment_series: RowOf<typeof appointmentSeries>
    waitlist_entry: RowOf<typeof waitlistEntry>
  }
}
