// The sensitive marks of SECURITY 4.3.

export const sensitivityFlags = [
  'mental-health',
  'psychotherapy',
  /** 42 CFR Part 2. */
  'substance-use',
  'hiv-sti',
  'reproductive',
  'genetic',
  'violence',
  'minor-confidential',
  'staff-as-patient',
  'vip',
  'identity-protection',
] as const
export type SensitivityFlag = (typeof sensitivityFlags)[number]
