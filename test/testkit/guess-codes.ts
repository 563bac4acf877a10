// Somebody who knows the password and guesses the second step from the network, by a virtual clock (AUTH-07).
import { codeAt, doorOf, goodPassword, hire, signedIn } from './sign-in.ts'
import { testClinic } from './clinic.ts'

/** How many of the guesses anybody looked at. Throws when the person at the desk is shut out by them. */
export async function guessCodes(guesses: number, perVisit = 20): Promise<number> {
  let clinic = await testClinic()
  try {
    await hire(clinic, 'olga', ['nurse'])
    const window = await signedIn(clinic, 'olga')
    const { uri } = await window.session.beginFactor({})
    await window.session.confirmFactor({ code: codeAt(uri, clinic.now()) })
    const password = { username: 'olga', password: goodPassword }
    let looked = 0
    let half = doorOf(clinic, 'https', '10.1.1.1')
    for (let guess = 0; guess < guesses; guess++) {
      if (guess % perVisit === 0) {
        // Past every delay; half a sign-in lasts five minutes, so the cookie is thrown away each time.
        clinic.tick(16 * 60_000)
        if (guess === 2 * perVisit) clinic = await clinic.reopen()
        half = doorOf(clinic, 'https', `10.1.${guess % 250}.1`)
        await half.session.signIn(password)
      }
      const answer = await half.session.secondFactor({ code: '000000' }).then(
        () => 'let in',
        (error: { code: string }) => error.code,
      )
      if (answer !== 'TOO_MANY_TRIES') looked += 1
    }
    const desk = doorOf(clinic)
    await desk.session.signIn(password)
    await desk.session.secondFactor({ code: codeAt(uri, clinic.now()) })
    return looked
  } finally {
    await clinic[Symbol.asyncDispose]()
  }
}
