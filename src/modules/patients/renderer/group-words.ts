// How one group of a person's details reads on one line, for comparing versions.
import type { Amendable, FieldGroup } from '../shared/merge.ts'
import { usePatientWords } from './words.ts'

export function useGroupWords(): (group: FieldGroup, of: Amendable) => string {
  const words = usePatientWords()
  const { t, joined, formats } = words
  const read: { [G in FieldGroup]: (of: Amendable) => string | null } = {
    name: (of) => {
      const parts = joined([of.prefix, of.family, of.given, of.suffix])
      return parts ? `${of.name} (${parts})` : of.name
    },
    birthDate: (of) => words.birthDate(of),
    gender: (of) => words.sex(of.gender),
    deceased: (of) =>
      of.deceased
        ? of.deceasedAt
          ? t('banner.deceasedOn', { date: formats.clinicalTime(of.deceasedAt, 'date') })
          : t('banner.deceased')
        : null,
    active: (of) => t(of.active ? 'state.active' : 'state.isInactive'),
    language: (of) => words.language(of.language),
    maritalStatus: (of) => words.marital(of.maritalStatus),
    identifiers: (of) => joined(of.identifiers.map((row) => `${words.identifierType(row)} ${row.value}`)),
    telecoms: (of) => joined(of.telecoms.map((row) => `${words.telecomKind(row)} ${row.value}`)),
    addresses: (of) => joined(of.addresses.map((row) => words.addressLine(row))),
    contacts: (of) =>
      joined(
        of.contacts.map((row) => joined([words.relationship(row.relationship), row.name, row.phone], ' ')),
      ),
    otherNames: (of) => joined(of.otherNames.map((row) => words.otherName(row))),
  }
  return (group, of) => read[group](of) || t('conflict.empty')
}
