// What other modules may ask of sessions: to forget wrong tries after a reset. Signing in has no shortcut: the host and the
// command line call dispatch('session.signIn') like any door.
export { type ProvenSignIn, startSession } from './start.ts'
export { beginTry, clearTries, forgiveTry, takeBackTry, type Try } from './tries.ts'
