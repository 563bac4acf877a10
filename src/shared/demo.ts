// The demo clinic's one public password: its screens show it, its filler sets it. Nothing in that clinic is real.
export const demoPassword = 'look around freely'
