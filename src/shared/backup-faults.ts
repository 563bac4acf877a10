// Why a file is refused as a backup, and what can be wrong with a place they are kept at: the names both sides use.
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

/**
 * missing: the folder or bucket is not there · unplugged: the folder is there, the disk that was chosen is not · full ·
 * read-only: not allowed to write · unreachable: no answer · credentials: refused · interrupted: the way broke off ·
 * corrupt: what came back is not what was sent · address: not an address that may be used · gone: that backup is not
 * there any more
 */
export const targetProblems = [
  'missing',
  'unplugged',
  'full',
  'read-only',
  'unreachable',
  'credentials',
  'interrupted',
  'corrupt',
  'address',
  'gone',
] as const
export type TargetProblemName = (typeof targetProblems)[number]
