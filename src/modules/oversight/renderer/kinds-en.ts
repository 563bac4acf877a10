// What a notice or review item says, by its kind. {{person}}: whom it is about; {{detail}}: a count, a date, a code.
// Modules that send a new kind add its words here and in kinds-ar.ts; without them general words are shown.

export const kindsEn = {
  other: 'Something needs your attention ({{kind}})',
  'emergency-access': '{{person}} opened a record in an emergency',
  'emergency-access-often': '{{person}} used emergency access {{detail}} times within a week',
  'recovery-code-used': 'A recovery code of {{person}} was used to sign in',
  'second-factor-reset': '{{person}} reset your second factor: set up a new one',
  'second-factor-removed': 'A second factor of {{person}} was removed',
  'kit-used': 'The recovery kit was used',
  'approval-asked': '{{person}} asks a second administrator to agree',
  'approval-given': 'A second administrator has agreed to what you asked for',
  'approval-declined': 'A second administrator has declined what you asked for',
  'bulk-export': '{{person}} handed out unusually many rows ({{detail}})',
  snooping: 'The nightly look found accesses that nothing explains ({{detail}})',
  'access-question': 'A patient does not understand an access to the own record',
  'backup-failed': 'The backup failed: see Admin, Backups',
  'backup-late': 'There has been no good backup for too long',
  'chain-broken': 'The audit log does not hold: entry {{detail}} was changed or is missing',
  'review-not-justified': 'A review ended with: not justified ({{person}})',
  'sign-in-linked': 'The sign-in of another system was linked to your account',
  'passkey-added': 'A passkey was added to your account',
  'passkey-copied': 'A passkey of {{person}} seems to have been copied and no longer works ({{detail}})',
  'breach-opened': 'A possible breach of data was recorded; it has to be notified by {{detail}}',
  'second-factor-set': 'A second factor was set up for your account',
  'session-crowded-out': 'A session of {{person}} was ended because there were too many',
  'session-ended': '{{person}} ended one of your sessions',
  'approval-by-kit': '{{person}} asked for an act with the recovery kit; it becomes possible after a delay',
  'emergency-not-justified': 'An emergency access by {{person}} was judged not justified',
  'bulk-charts': '{{person}} opened unusually many records in a short time ({{detail}})',
  'night-use': '{{person}} worked with records at night ({{detail}})',
  'kit-replaced': 'A new recovery kit was made; the old one no longer opens anything',
  'database-key-changed': 'The key of the database was changed',
  'root-key-renewed':
    'The clinic’s root key was renewed: only the new kit {{detail}} counts, and everybody makes their own way in anew at the next sign-in',
  'root-key-not-renewed':
    'The clinic’s root key could not be renewed; the kit {{detail}} goes on to count, the new paper is void',
  'database-key-not-changed':
    'The key of the database could not be changed; the clinic works under the former one',
  'rows-differ': 'Some records are not as they were saved ({{detail}})',
  'clock-wrong':
    'The clock of this computer is wrong by {{detail}} minutes: set date and time in its own settings',
  'erasure-copy-waits':
    'An erased record is still readable in a copy of the files ({{detail}}); it goes with the next good backup',
  'erasure-copy-by-hand':
    'An erased record is still readable in files that a restore kept ({{detail}}) until they are deleted under Admin, Backups',
} as const
