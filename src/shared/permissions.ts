// Who may do what: the role matrix of SECURITY section 4 as data. `core/rpc/authorize.ts` is the only judge that reads it
// to decide; the admin screen and the generated matrix test read it to show and to check.

export const roles = [
  'admin',
  'doctor',
  'nurse',
  'reception',
  'lab',
  'billing',
  'patient',
  'civil',
  'researcher',
  /** The privacy duty of SECURITY 4: reviews, disclosures, requests of patients. A hat of its own, without chart access. */
  'privacy',
] as const
export type Role = (typeof roles)[number]

/** C create, R read, U amend (adds a version, never overwrites), S sign, X export or print, M manage. */
export const acts = ['C', 'R', 'U', 'S', 'X', 'M'] as const
export type Act = (typeof acts)[number]

/**
 * a whole clinic · r related patients only · o own · f whole clinic, filtered fields ·
 * fr related patients, filtered fields · d de-identified (no product path serves `d` yet: it is refused).
 */
export type Scope = 'a' | 'r' | 'o' | 'f' | 'fr' | 'd'

export type Grant = { readonly [A in Act]?: Scope }

/** `RU-r` reads as: R and U, scope r. Several grants are joined by a blank: `CR-r S-o`. */
type MatrixRow = { readonly [R in Role]?: string }

export const matrix = {
  clinic: {
    admin: 'RM-a',
    doctor: 'R-a',
    nurse: 'R-a',
    reception: 'R-a',
    lab: 'R-a',
    billing: 'R-a',
    patient: 'R-f',
    civil: 'R-f',
    researcher: 'R-f',
    privacy: 'R-a',
  },
  demographics: {
    admin: 'R-f',
    doctor: 'CRU-r',
    nurse: 'CRU-r',
    reception: 'CRU-a',
    lab: 'R-fr',
    billing: 'RU-f',
    patient: 'R-o',
    privacy: 'R-f',
  },
  patientSearch: {
    admin: 'R-f',
    doctor: 'R-a',
    nurse: 'R-a',
    reception: 'R-a',
    lab: 'R-r',
    billing: 'R-r',
    privacy: 'R-f',
  },
  /** Providers, rooms, visit types, opening hours: who keeps them, and who needs them to read a schedule. */
  schedules: {
    admin: 'CRUM-a',
    doctor: 'R-a',
    nurse: 'R-a',
    reception: 'R-a',
    lab: 'R-a',
    billing: 'R-a',
  },
  /** Leave, holidays, blocked time: the desk enters them too, since it hears first that somebody is ill. */
  absences: {
    admin: 'CRU-a',
    doctor: 'R-a',
    nurse: 'R-a',
    reception: 'CRU-a',
    lab: 'R-a',
    billing: 'R-a',
  },
  appointments: {
    admin: 'M-a',
    doctor: 'CRU-r',
    nurse: 'CRU-r',
    reception: 'CRU-a',
    lab: 'R-r',
    billing: 'R-f',
    patient: 'CRU-o',
  },
  checkIn: {
    admin: 'R-f',
    doctor: 'RU-r',
    nurse: 'CRU-r',
    reception: 'CRU-a',
    billing: 'R-f',
    patient: 'C-o',
  },
  notes: { doctor: 'CRUS-r', nurse: 'CRU-r', patient: 'R-o' },
  profile: {
    doctor: 'CRUS-r',
    nurse: 'CRU-r',
    reception: 'R-f',
    lab: 'R-fr',
    billing: 'R-f',
    patient: 'R-o',
    researcher: 'R-d',
  },
  vitals: { doctor: 'CRU-r', nurse: 'CRUS-r', patient: 'CR-o', researcher: 'R-d' },
  prescriptions: {
    doctor: 'CRUS-r',
    nurse: 'CR-r',
    billing: 'R-f',
    patient: 'R-o',
    researcher: 'R-d',
  },
  controlledDrugs: { doctor: 'S-r', nurse: 'R-r', patient: 'R-o' },
  orders: { doctor: 'CRUS-r', nurse: 'CR-r', lab: 'R-r', billing: 'R-f', patient: 'R-o', researcher: 'R-d' },
  results: { doctor: 'RS-r', nurse: 'R-r', lab: 'CRUS-r', patient: 'R-o', researcher: 'R-d' },
  images: { doctor: 'RX-r', nurse: 'R-r', lab: 'CR-r', patient: 'R-o', researcher: 'R-d' },
  documents: {
    doctor: 'CRUX-r',
    nurse: 'CR-r',
    reception: 'C-a',
    lab: 'C-r',
    billing: 'C-f',
    patient: 'CR-o',
  },
  stays: {
    doctor: 'CRUS-r',
    nurse: 'CRU-r',
    reception: 'R-f',
    billing: 'R-f',
    patient: 'R-o',
    researcher: 'R-d',
  },
  certificates: { doctor: 'CRSX-r', nurse: 'C-r', reception: 'X-a', patient: 'R-o', civil: 'RS-o' },
  teamMessages: {
    admin: 'CR-o',
    doctor: 'CR-o',
    nurse: 'CR-o',
    reception: 'CR-o',
    lab: 'CR-o',
    billing: 'CR-o',
    privacy: 'CR-o',
  },
  patientMessages: { doctor: 'CR-r', nurse: 'CR-r', reception: 'CR-f', billing: 'CR-f', patient: 'CR-o' },
  telemedicine: { admin: 'M-a', doctor: 'CRU-r', nurse: 'R-r', reception: 'C-a', patient: 'R-o' },
  charges: {
    admin: 'R-f',
    doctor: 'C-r',
    reception: 'C-f',
    billing: 'CRUX-a',
    patient: 'R-o',
  },
  /** What services cost: fees, taxes, their dates. */
  fees: { admin: 'CRUM-a', doctor: 'R-a', nurse: 'R-a', reception: 'R-a', billing: 'CRU-a' },
  /** The desk issues invoices and takes money; corrections (credit note, refund, write-off) are billing's (SECURITY 4). */
  invoices: { admin: 'R-f', reception: 'CR-a', billing: 'CRUX-a', patient: 'R-o' },
  payments: { admin: 'R-f', reception: 'CR-a', billing: 'CRUX-a', patient: 'R-o' },
  /** Counting the drawer and closing the day; M locks and reopens periods. */
  dayClose: { admin: 'R-f', reception: 'CR-a', billing: 'CRM-a' },
  /** Code sets as everybody who codes or bills searches them; M loads a newer edition. */
  reference: { admin: 'RM-a', doctor: 'R-a', nurse: 'R-a', reception: 'R-a', lab: 'R-a', billing: 'R-a' },
  /** Printers of the clinic, one's own print jobs. What may be printed is decided by the area of the paper. */
  printing: {
    admin: 'CRM-a',
    doctor: 'CR-a',
    nurse: 'CR-a',
    reception: 'CR-a',
    lab: 'CR-a',
    billing: 'CR-a',
    privacy: 'CR-a',
  },
  /** Templates, consent and log of messages that go out by themselves. */
  reminders: { admin: 'RM-f', doctor: 'R-r', nurse: 'R-r', reception: 'CRU-a' },
  stock: { admin: 'R-a', doctor: 'R-a', nurse: 'CRU-a', lab: 'CRU-a', billing: 'R-a' },
  reports: {
    admin: 'R-f',
    doctor: 'R-o',
    nurse: 'R-f',
    reception: 'R-f',
    lab: 'R-f',
    billing: 'R-f',
    patient: 'R-o',
    civil: 'R-f',
    researcher: 'R-d',
  },
  audit: {
    admin: 'R-f',
    doctor: 'R-o',
    nurse: 'R-o',
    reception: 'R-o',
    lab: 'R-o',
    billing: 'R-o',
    patient: 'R-o',
    privacy: 'RX-a',
  },
  /** Review items: unusual access, emergency access, questions of patients. Answered by the privacy duty alone. */
  reviews: { admin: 'R-f', privacy: 'CRU-a' },
  /** Requests of patients about their record: copy, amendment, restriction, erasure, disclosures; a breach. */
  privacy: { admin: 'R-f', privacy: 'CRUSXM-a' },
  /** Opening the record of a patient one is not related to, in an emergency, with a reason (SECURITY 4.2). */
  breakGlass: { doctor: 'C-a', nurse: 'C-a' },
  /** Marks on a patient, visit, note, result or document that only some may see (SECURITY 4.3). */
  sensitivity: { doctor: 'CRU-r', nurse: 'R-r', privacy: 'CRU-a' },
  users: { admin: 'CRUM-a' },
  /** Names and roles of colleagues, as every staff member needs them to assign, address and read. */
  directory: {
    admin: 'R-a',
    doctor: 'R-a',
    nurse: 'R-a',
    reception: 'R-a',
    lab: 'R-a',
    billing: 'R-a',
    privacy: 'R-a',
  },
  keys: { admin: 'RM-a' },
  /** Backups, their targets, test restores, restoring. */
  backups: { admin: 'RM-a' },
  /** Second persons' consent to acts that one alone may not do (AUTHZ-08). */
  approvals: { admin: 'CRU-a', privacy: 'R-a' },
  bulkData: { admin: 'RM-f', billing: 'X-f', patient: 'X-o', researcher: 'X-d' },
  /** A doctor may bring single files of the own patients; bulk import stays with the admin (DESIGN 5). */
  fileImport: { admin: 'CRUM-f', doctor: 'CRU-o' },
  /** One's own session and account: everybody who is signed in. */
  ownAccount: {
    admin: 'RU-o',
    doctor: 'RU-o',
    nurse: 'RU-o',
    reception: 'RU-o',
    lab: 'RU-o',
    billing: 'RU-o',
    patient: 'RU-o',
    civil: 'RU-o',
    researcher: 'RU-o',
    privacy: 'RU-o',
  },
} as const satisfies Record<string, MatrixRow>

export type Area = keyof typeof matrix
export const areas = Object.keys(matrix) as Area[]

/** What a contract names: `demographics.R`, or `public` for the few calls that precede a session. */
export type Access = `${Area}.${Act}` | 'public'

const parsed = new Map<string, Grant>()

/** The scope in which a role may act in an area; `undefined` means never (deny by default). */
export function scopeOf(role: Role, area: Area, act: Act): Scope | undefined {
  return grantOf(role, area)[act]
}

export function grantOf(role: Role, area: Area): Grant {
  const row: MatrixRow = matrix[area]
  const text = row[role]
  if (!text) return {}
  let grant = parsed.get(text)
  if (!grant) {
    grant = parseGrant(text)
    parsed.set(text, grant)
  }
  return grant
}

function parseGrant(text: string): Grant {
  const grant: { [A in Act]?: Scope } = {}
  for (const part of text.split(' ')) {
    const [letters = '', scope = ''] = part.split('-')
    if (!isScope(scope)) throw new Error(`permissions: unknown scope in "${text}"`)
    for (const letter of letters) {
      if (!isAct(letter)) throw new Error(`permissions: unknown letter in "${text}"`)
      grant[letter] = scope
    }
  }
  return grant
}

export function splitAccess(access: Exclude<Access, 'public'>): [Area, Act] {
  const dot = access.lastIndexOf('.')
  return [access.slice(0, dot) as Area, access.slice(dot + 1) as Act]
}

const isAct = (text: string): text is Act => (acts as readonly string[]).includes(text)
const isScope = (text: string): text is Scope => ['a', 'r', 'o', 'f', 'fr', 'd'].includes(text)
export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)
