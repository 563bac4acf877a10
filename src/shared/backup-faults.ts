// Why a file is refused as a backup: the names both sides use.
export const backupFaults = [
  'not-a-backup',
  'newer-format',
  'header-damaged',
  'cut-short',
  'wrong-kit',
  'wrong-key',
  'damaged',
  'wrong-signature',
  'contents-differ',
  'key-file-damaged',
  'database-damaged',
  'schema-foreign',
  'newer-schema',
  'chain-differs',
] as const
