// English of the profile module. The Arabic beside it is texts-ar.ts; i18n.ts joins them.

export const en = {
  title: 'Profile',
} as const
