// English of the vitals module. The Arabic beside it is texts-ar.ts; i18n.ts joins them.

export const en = {
  title: 'Vitals',
} as const
