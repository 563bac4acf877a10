// What other modules' screens show of privacy: the patient's words beside an item.
export { AmendmentsOfItem } from './AmendmentsCard.tsx'
