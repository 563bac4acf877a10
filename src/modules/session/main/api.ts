// What other modules may ask of sessions: to start one for a person whose identity they have proven (passkeys, identity
// providers), whether somebody has a second factor, and to forget wrong tries after a reset.
// Passwords have no shortcut: the host and the command line call dispatch('session.signIn') like any door.
export { endFactor } from './enrolment.ts'
export { dropPin } from './pin.ts'
export { completeSignIn } from './second-factor.ts'
export { hasSecondFactor, secondFactorDueAt } from './policy.ts'
export { type ProvenSignIn, startSession } from './start.ts'
export { beginTry, clearTries, forgiveTry, takeBackTry, type Try } from './tries.ts'
