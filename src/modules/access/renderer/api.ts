// What screens of other modules use of access: the way into a record that is out of reach, and marks on its items.
export { useEmergencyWhy } from './emergency-why.ts'
export { EmergencyFrame } from './EmergencyFrame.tsx'
export { MarkItemButton } from './MarkButtons.tsx'
export { OutOfReach } from './OutOfReach.tsx'
export { ReasonForm } from './ReasonForm.tsx'
