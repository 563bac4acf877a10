// What the screens of other modules may use: the kit on screen and paper, the field to type one, the words around them.
export { keysTexts } from './i18n.ts'
export { KitField, type KitGroups, noGroups } from './KitField.tsx'
export { KitPages } from './KitPages.tsx'
