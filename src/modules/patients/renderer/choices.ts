// The short lists people choose from when describing somebody, with the codes that are kept.

/** HL7 v2 table 0203 (identifier type), as FHIR `Identifier.type` takes it. `display` is the table's own wording. */
export const identifierTypes = {
  NI: 'National unique individual identifier',
  PPN: 'Passport number',
  DL: "Driver's license number",
  SS: 'Social Security number',
  MB: 'Member Number',
  MR: 'Medical record number',
  BCT: 'Birth Certificate',
} as const
export type IdentifierType = keyof typeof identifierTypes

/** HL7 v3 RoleCode and ContactRole, as FHIR `Patient.contact.relationship` takes them. */
export const relationships = [
  'MTH',
  'FTH',
  'PRN',
  'SPS',
  'DOMPART',
  'CHILD',
  'SIB',
  'GRPRN',
  'GRNDCHILD',
  'EXT',
  'GUARD',
  'FRND',
  'NBOR',
  'ECON',
] as const

/** HL7 v3 MaritalStatus with UNK of NullFlavor: the FHIR value set. */
export const maritalStatuses = ['S', 'M', 'T', 'L', 'D', 'W', 'A', 'I', 'P', 'C', 'U', 'UNK'] as const

export const telecomSystems = ['phone', 'email', 'sms', 'fax', 'pager', 'url', 'other'] as const
export const telecomUses = ['', 'mobile', 'home', 'work', 'temp', 'old'] as const
export const addressUses = ['', 'home', 'work', 'billing', 'temp', 'old'] as const
export const nameUses = ['usual', 'official', 'maiden', 'old', 'nickname', 'temp', 'anonymous'] as const

/** BCP 47 primary tags offered; names come from Intl in the person's own language. */
export const languageTags = (
  'am ar az be bg bn bs ca cs da de el en es et eu fa fi fil fr ga gl gu ha he hi hr ht hu hy id ig is it ja ka kk km ' +
  'kn ko ku ky lo lt lv mk ml mn mr ms mt my nb ne nl nn om or pa pl ps pt ro ru rw si sk sl so sq sr st sv sw ta te ' +
  'tg th ti tk tn tr uk ur uz vi wo xh yo yue zh zu'
).split(' ')
