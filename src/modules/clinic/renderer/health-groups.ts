// Under which heading a check stands on the health page. A check nobody placed stands with the computer.

export const healthGroups = ['records', 'keys', 'backups', 'computer'] as const
export type HealthGroup = (typeof healthGroups)[number]

const placed: Readonly<Record<string, HealthGroup>> = {
  'audit-chain': 'records',
  watermark: 'records',
  'row-sweep': 'records',
  clock: 'records',
  kit: 'keys',
  keychain: 'keys',
  'key-age': 'keys',
  certificate: 'keys',
  'backup-age': 'backups',
  'backup-offsite': 'backups',
  'test-restore': 'backups',
}

export const groupOf = (check: string): HealthGroup => placed[check] ?? 'computer'
