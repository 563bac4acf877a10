// English of the __module__ module. The Arabic beside it is texts-ar.ts; i18n.ts joins them.

export const en = {
  title: '__Title__',
  name: 'Name',
  empty: 'Nothing here yet',
  emptyText: 'What belongs here, and the first thing to do.',
} as const
