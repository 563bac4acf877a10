// What other modules' screens may use: asking for an entry to be added or edited, and the place that shows it.
export { editProfile } from './editing.ts'
export { ProfileEditing } from './ProfileEditing.tsx'
