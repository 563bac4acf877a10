// What other modules show of downtime: the copy of the day, before a clinic is open.
export { DowntimeReading } from './DowntimeReading.tsx'
export { downtimeTexts } from './i18n.ts'
