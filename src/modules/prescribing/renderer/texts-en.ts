// English of the prescribing module. The Arabic beside it is texts-ar.ts; i18n.ts joins them.

export const en = {
  title: 'Prescribing',
} as const
