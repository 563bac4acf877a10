// English of the board module. The Arabic beside it is texts-ar.ts; i18n.ts joins them.

export const en = {
  title: 'Board',
} as const
