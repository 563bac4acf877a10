// The viewer of the audit trail beside hand-written SQL: the newest page, and the page sorted by a column of many values.
import type { TestClinic } from '#testkit/clinic.ts'
import { openConnection } from '#core/db/connection.ts'
import path from 'node:path'
import type { Contest } from './measure.ts'

export function auditContests(
  clinic: TestClinic,
  writeAudit: (action: string, patientId: string | null) => void,
): { readonly contests: Contest[]; readonly close: () => void } {
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'read')
  const token = () => clinic.tokenOf('privacy')
  const contest = (name: string, sort: string, order: string): Contest => {
    const byHand = db.prepare(
      `select l.*, u.name, p.id as patient, p.name_text,
         (select count(*) from audit_patient a where a.seq = l.seq) as more
       from audit_log l left join user_account u on u.id = l.user_id
       left join patient p on p.audit_alias = l.patient_alias order by ${order} limit 51`,
    )
    return {
      name,
      perRun: 30,
      ours: () =>
        Promise.resolve(async () => {
          const reply = await clinic.call('audit.list', { sort, direction: 'desc' }, { token: token() })
          if (!reply.ok) throw new Error(`audit.list: ${reply.error.code}`)
        }),
      handWritten: () => () => {
        byHand.all()
        writeAudit('audit.list', null)
      },
    }
  }
  return {
    contests: [
      contest('audit-newest', 'seq', 'l.seq desc'),
      contest('audit-by-action', 'action', 'l.action desc, l.seq desc'),
    ],
    close: () => db.close(),
  }
}
