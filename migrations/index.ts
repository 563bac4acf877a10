// The ordered list of migrations. Released ones are locked by hash in released.lock.json and never edited.
import type { RawBuilder } from 'kysely'
import * as m0001 from './0001_core.ts'
import * as m0002 from './0002_people.ts'
import * as m0003 from './0003_patients.ts'
import * as m0004 from './0004_chart.ts'
import * as m0005 from './0005_notes.ts'
import * as m0006 from './0006_imports.ts'
import * as m0007 from './0007_scheduling.ts'
import * as m0008 from './0008_profile.ts'
import * as m0009 from './0009_prescribing.ts'
import * as m0010 from './0010_billing.ts'
import * as m0011 from './0011_papers.ts'
import * as m0012 from './0012_reminders.ts'
import * as m0013 from './0013_oversight.ts'
import * as m0014 from './0014_keys.ts'
import * as m0015 from './0015_sign_in.ts'
import * as m0016 from './0016_federation.ts'
import * as m0017 from './0017_access.ts'
import * as m0018 from './0018_audit.ts'
import * as m0019 from './0019_backups.ts'
import * as m0020 from './0020_privacy.ts'

export interface Migration {
  /** Its position in the list plus one is the `user_version` it leads to. */
  readonly name: string
  readonly up: readonly RawBuilder<unknown>[]
}

export const migrations: readonly Migration[] = [
  { name: '0001_core', up: m0001.up },
  { name: '0002_people', up: m0002.up },
  { name: '0003_patients', up: m0003.up },
  { name: '0004_chart', up: m0004.up },
  { name: '0005_notes', up: m0005.up },
  { name: '0006_imports', up: m0006.up },
  { name: '0007_scheduling', up: m0007.up },
  { name: '0008_profile', up: m0008.up },
  { name: '0009_prescribing', up: m0009.up },
  { name: '0010_billing', up: m0010.up },
  { name: '0011_papers', up: m0011.up },
  { name: '0012_reminders', up: m0012.up },
  { name: '0013_oversight', up: m0013.up },
  { name: '0014_keys', up: m0014.up },
  { name: '0015_sign_in', up: m0015.up },
  { name: '0016_federation', up: m0016.up },
  { name: '0017_access', up: m0017.up },
  { name: '0018_audit', up: m0018.up },
  { name: '0019_backups', up: m0019.up },
  { name: '0020_privacy', up: m0020.up },
]
