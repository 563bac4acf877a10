// What other modules show of backups: restoring before a clinic is open.
export { BootRestore } from './BootRestore.tsx'
export { backupsTexts } from './i18n.ts'
