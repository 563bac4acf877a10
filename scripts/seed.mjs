// `npm run seed -- --dir DIR`: makes DIR a clinic filled with the demo data, to look around in or to measure on.
// The same people and records as "Open the demo clinic", at a place of your choice. Runs on Node 24.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { composeHost } from '../src/main/cli/compose.ts'
import { demoPassword } from '../src/shared/demo.ts'
import { fail, say } from './bootstrap.mjs'

function options() {
  try {
    const { values } = parseArgs({ options: { dir: { type: 'string' }, locale: { type: 'string' } } })
    if (values.dir) return { dir: path.resolve(values.dir), locale: values.locale ?? 'en' }
  } catch {
    // Told below.
  }
  return fail('usage: npm run seed -- --dir DIR [--locale en|ar]')
}

/** @returns {Promise<{ username: string }>} who may sign in, with the demo's public password */
async function makeDemoIn(dir, locale) {
  const host = await composeHost({ dir, door: 'cli' })
  try {
    const caller = { door: 'cli', token: null, source: 'seed', setToken: () => {} }
    const reply = await host.bootstrap('openDemo', { locale }, caller)
    if (!reply.ok) fail(`refused: ${reply.error.code} ${JSON.stringify(reply.error.details)}`)
    return reply.value
  } finally {
    await host.close()
  }
}

const { dir, locale } = options()
if (existsSync(dir) && readdirSync(dir).length > 0) fail(`${dir} is not empty; choose a new folder`)
const beside = `${dir}.seeding-${process.pid}`
mkdirSync(beside, { recursive: true, mode: 0o700 })
try {
  say('filling the clinic; this takes a few seconds …')
  const { username } = await makeDemoIn(beside, locale)
  rmSync(dir, { recursive: true, force: true })
  renameSync(path.join(beside, 'demo'), dir)
  process.stdout.write(`${JSON.stringify({ dir, username, password: demoPassword })}\n`)
  say(`look at it: npm run clinic -- serve --dir ${dir}`)
} finally {
  rmSync(beside, { recursive: true, force: true })
}
