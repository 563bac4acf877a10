// What the module reads of its own tables.
import { preparedQuery } from '#core/store/reader.ts'

type None = Record<never, never>

export const targets = preparedQuery<None>()((db) =>
  db.selectFrom('backup_target').selectAll().orderBy('created_at'),
)
export const targetById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('backup_target').selectAll().where('id', '=', p.id),
)
export const made = preparedQuery<{ limit: number }>()((db, p) =>
  db.selectFrom('backup_made').selectAll().orderBy('at', 'desc').limit(p.limit),
)
export const madeById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('backup_made').selectAll().where('id', '=', p.id),
)
export const copiesOf = preparedQuery<{ backup: string }>()((db, p) =>
  db.selectFrom('backup_copy').selectAll().where('backup_id', '=', p.backup),
)
/** Good copies at a target, newest first. */
export const goodAt = preparedQuery<{ target: string; limit: number }>()((db, p) =>
  db
    .selectFrom('backup_copy')
    .innerJoin('backup_made', 'backup_made.id', 'backup_copy.backup_id')
    .select(['backup_made.id', 'backup_made.at', 'backup_made.name', 'backup_made.sha256'])
    .where('backup_copy.target_id', '=', p.target)
    .where('backup_copy.state', '=', 'good')
    .orderBy('backup_made.at', 'desc')
    .limit(p.limit),
)
/** Good copies of backups that another kit opens, or none, with all that is written down about them; newest first. */
export const goodOfOtherKit = preparedQuery<{ kit: string }>()((db, p) =>
  db
    .selectFrom('backup_copy')
    .innerJoin('backup_made', 'backup_made.id', 'backup_copy.backup_id')
    .selectAll('backup_made')
    .select('backup_copy.target_id')
    .where('backup_copy.state', '=', 'good')
    .where((where) => where.or([where('kit_id', 'is', null), where('kit_id', '!=', p.kit)]))
    .orderBy('backup_made.at', 'desc'),
)
/** The file of the same moment that the kit opens. */
export const sameOfKit = preparedQuery<{ at: string; kit: string }>()((db, p) =>
  db.selectFrom('backup_made').selectAll().where('at', '=', p.at).where('kit_id', '=', p.kit),
)
/** What a sealing anew began to write to a place and never finished. */
export const unfinishedReseals = preparedQuery<None>()((db) =>
  db
    .selectFrom('backup_copy')
    .innerJoin('backup_made', 'backup_made.id', 'backup_copy.backup_id')
    .select(['backup_made.id', 'backup_made.name', 'backup_copy.target_id'])
    .where('backup_copy.state', '=', 'failed')
    .where('backup_made.reason', '=', 'reseal'),
)
/** The newest backup that any target has in good state. */
export const newestGood = preparedQuery<None>()((db) =>
  db
    .selectFrom('backup_made')
    .innerJoin('backup_copy', 'backup_copy.backup_id', 'backup_made.id')
    .select(['backup_made.id', 'backup_made.at', 'backup_made.commit_pos'])
    .where('backup_copy.state', '=', 'good')
    .orderBy('backup_made.at', 'desc')
    .limit(1),
)
export const lastCopyAt = preparedQuery<{ target: string }>()((db, p) =>
  db
    .selectFrom('backup_copy')
    .select(['state', 'problem', 'at'])
    .where('target_id', '=', p.target)
    .where('state', 'in', ['good', 'failed'])
    .orderBy('at', 'desc')
    .limit(1),
)
export const lastTry = preparedQuery<None>()((db) => db.selectFrom('backup_try').selectAll())
export const drills = preparedQuery<{ limit: number }>()((db, p) =>
  db.selectFrom('backup_drill').selectAll().orderBy('at', 'desc').limit(p.limit),
)
export const drillById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('backup_drill').selectAll().where('id', '=', p.id),
)
export const lastDrill = preparedQuery<{ kind: string }>()((db, p) =>
  db.selectFrom('backup_drill').selectAll().where('kind', '=', p.kind).orderBy('at', 'desc').limit(1),
)
/** By this computer, whichever kind; what people write down has no counts. */
export const lastTestRestore = preparedQuery<None>()((db) =>
  db.selectFrom('backup_drill').selectAll().where('kind', '!=', 'people').orderBy('at', 'desc').limit(1),
)
export const firstEntry = preparedQuery<None>()((db) =>
  db.selectFrom('audit_log').select('at').orderBy('seq').limit(1),
)
export const newestCommit = preparedQuery<None>()((db) =>
  db.selectFrom('sync_commit').select('pos').orderBy('pos', 'desc').limit(1),
)
