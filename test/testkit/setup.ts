// Before every test file: property tests draw the same cases in each run of `npm test`, so that a change is judged by
// what it changed. The night draws new ones each time; OSLER_SEED repeats a night or looks further by day.
import * as fc from 'fast-check'

const given = process.env.OSLER_SEED
const isNight = process.env.OSLER_NIGHT === '1'
if (given !== undefined) fc.configureGlobal({ seed: Number(given) })
else if (!isNight) fc.configureGlobal({ seed: 20_260_302 })

// Whatever this computer is set to: a test asks no time server but its own.
process.env.OSLER_TIME_SERVERS = ''
