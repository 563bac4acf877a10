// What other screens may use of the board: all of it, as the Today page shows it.
export { Board } from './Board.tsx'
