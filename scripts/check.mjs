// `npm run check`: the fast subset for every commit. Types, lint with import boundaries, format, released
// migrations, unit and architecture tests.
import { runGroups } from './groups.mjs'

const { passed, failed } = await runGroups(['typecheck', 'lint', 'format', 'migrations', 'fast'])
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
