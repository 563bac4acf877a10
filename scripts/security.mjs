// `npm run security:matrix` prints every security requirement with the tests that prove it; `npm run security:mutations`
// takes defences away one by one, in a copy, and shows that their tests then fail.
import { root, say } from './bootstrap.mjs'

const [what, only] = process.argv.slice(2)
if (what === 'matrix') {
  const { matrix, printed } = await import('../test/security/matrix.ts')
  const rows = matrix(root)
  process.stdout.write(printed(rows))
  process.exitCode = rows.some(({ state }) => state === 'MISSING') ? 1 : 0
} else {
  const { mutations } = await import('../test/security/mutations.ts')
  const { copyClone, runTest, runWithout } = await import('../test/security/mutate.ts')
  using copy = copyClone(root)
  const chosen = mutations.filter(({ id }) => only === undefined || id === only)
  let survived = 0
  for (const mutation of chosen) {
    const whole = runTest(copy.dir, mutation.test)
    const without = runWithout(copy.dir, mutation)
    const holds = whole.passed > 0 && whole.failed === 0 && without.failed > 0
    if (!holds) {
      survived += 1
      say(whole.failed > 0 || whole.passed === 0 ? whole.output.slice(-2000) : without.output.slice(-2000))
    }
    process.stdout.write(`${holds ? 'bites   ' : 'SURVIVES'} ${mutation.id.padEnd(9)}${mutation.what}\n`)
  }
  process.stdout.write(`${chosen.length - survived} of ${chosen.length} tests fail without their defence\n`)
  process.exitCode = survived > 0 || chosen.length === 0 ? 1 : 0
}
