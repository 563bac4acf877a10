// Reads of payments, compiled once.
import { sql } from 'kysely'
import { preparedQuery } from '#core/store/reader.ts'

type OfPayment = { patientId: string; paymentId: string }

export const paymentById = preparedQuery<OfPayment>()((db, p) =>
  db.selectFrom('payment').selectAll().where('patient_id', '=', p.patientId).where('id', '=', p.paymentId),
)
export const tendersOf = preparedQuery<OfPayment>()((db, p) =>
  db
    .selectFrom('payment_tender')
    .select(['method', 'amount_minor', 'reference'])
    .where('patient_id', '=', p.patientId)
    .where('payment_id', '=', p.paymentId)
    .orderBy('position'),
)
export const refundedOf = preparedQuery<OfPayment>()((db, p) =>
  db
    .selectFrom('payment')
    .select(sql<number>`coalesce(sum(total_minor), 0)`.as('refunded'))
    .where('patient_id', '=', p.patientId)
    .where('refund_of', '=', p.paymentId),
)
/** How the patient paid the last time. */
export const lastTender = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('payment as p')
    .innerJoin('payment_tender as t', (join) =>
      join.onRef('t.patient_id', '=', 'p.patient_id').onRef('t.payment_id', '=', 'p.id'),
    )
    .select('t.method')
    .where('p.patient_id', '=', p.patientId)
    .where('p.kind', '=', 'payment')
    .orderBy('p.id', 'desc')
    .orderBy('t.position')
    .limit(1),
)
