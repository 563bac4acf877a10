// Reads of the reminders module, compiled once.
import { preparedQuery } from '#core/store/reader.ts'

type None = Record<never, never>

export const accountRow = preparedQuery<None>()((db) =>
  db.selectFrom('mail_account').selectAll().where('one', '=', 1),
)
export const settingRow = preparedQuery<None>()((db) =>
  db.selectFrom('reminder_setting').selectAll().where('voided_at', 'is', null).orderBy('id').limit(1),
)
export const templateRows = preparedQuery<None>()((db) =>
  db.selectFrom('reminder_template').selectAll().where('voided_at', 'is', null).orderBy('id'),
)

export const consentRow = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('communication_consent as c')
    .leftJoin('user_account as u', 'u.id', 'c.recorded_by')
    .select(['c.id', 'c.rev', 'c.status', 'c.recorded_at', 'u.name as recorded_by_name'])
    .where('c.id', '=', p.id)
    .where('c.voided_at', 'is', null),
)

/** Whom a reminder speaks to. */
export const addressee = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('patient')
    .select(['name_text', 'given', 'language', 'deceased', 'active'])
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
export const mailAddressOf = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('patient_telecom')
    .select('value')
    .where('patient_id', '=', p.id)
    .where('system', '=', 'email')
    .where('voided_at', 'is', null)
    .where((eb) => eb.or([eb('use', 'is', null), eb('use', '!=', 'old')]))
    .orderBy((eb) => eb.fn.coalesce('rank', eb.lit(100)))
    .orderBy('id')
    .limit(1),
)

export const sendById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('reminder_send').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)
/** What is known of the visits that start in a span: a key and how it stands. */
export const sendsInSpan = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('reminder_send')
    .select(['id', 'state', 'reason', 'state_at', 'due_at', 'tries', 'resends'])
    .where('start_at', '>', p.from)
    .where('start_at', '<=', p.to)
    .where('voided_at', 'is', null),
)
export const plannedBefore = preparedQuery<{ now: string; limit: number }>()((db, p) =>
  db
    .selectFrom('reminder_send')
    .selectAll()
    .where('state', '=', 'planned')
    .where('due_at', '<=', p.now)
    .where('voided_at', 'is', null)
    .orderBy('due_at')
    .limit(p.limit),
)
export const sendingSince = preparedQuery<{ before: string }>()((db, p) =>
  db
    .selectFrom('reminder_send')
    .selectAll()
    .where('state', '=', 'sending')
    .where('state_at', '<=', p.before)
    .where('voided_at', 'is', null),
)

const logColumns = [
  's.id',
  's.rev',
  's.patient_id',
  'p.name_text',
  's.start_at',
  's.channel',
  's.lead_minutes',
  's.state',
  's.reason',
  's.state_at',
  's.due_at',
  's.tries',
  's.reply_code',
  's.address',
  's.subject',
  's.body',
  's.handled',
  's.hand_reason',
] as const

export const logAll = preparedQuery<{ before: string; limit: number }>()((db, p) =>
  db
    .selectFrom('reminder_send as s')
    .leftJoin('patient as p', 'p.id', 's.patient_id')
    .select(logColumns)
    .where('s.voided_at', 'is', null)
    .where('s.state_at', '<', p.before)
    .orderBy('s.state_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(p.limit),
)
export const logOfState = preparedQuery<{ state: string; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom('reminder_send as s')
    .leftJoin('patient as p', 'p.id', 's.patient_id')
    .select(logColumns)
    .where('s.voided_at', 'is', null)
    .where('s.state', '=', p.state)
    .where('s.state_at', '<', p.before)
    .orderBy('s.state_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(p.limit),
)
/** Nobody has decided about these yet. */
export const logUnhandled = preparedQuery<{ state: string; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom('reminder_send as s')
    .leftJoin('patient as p', 'p.id', 's.patient_id')
    .select(logColumns)
    .where('s.voided_at', 'is', null)
    .where('s.state', '=', p.state)
    .where('s.handled', '=', 0)
    .where('s.state_at', '<', p.before)
    .orderBy('s.state_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(p.limit),
)
export const logOfPatient = preparedQuery<{ patient: string; limit: number }>()((db, p) =>
  db
    .selectFrom('reminder_send as s')
    .leftJoin('patient as p', 'p.id', 's.patient_id')
    .select(logColumns)
    .where('s.patient_id', '=', p.patient)
    .where('s.voided_at', 'is', null)
    .orderBy('s.id', 'desc')
    .limit(p.limit),
)
export const logEntry = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('reminder_send as s')
    .leftJoin('patient as p', 'p.id', 's.patient_id')
    .select(logColumns)
    .where('s.id', '=', p.id)
    .where('s.voided_at', 'is', null),
)
