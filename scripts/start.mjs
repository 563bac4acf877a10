// `npm start`: the window where there is a display, else the same clinic for a browser on https://localhost.
// It never makes up a display: that is for tests only.
import { bootstrap, fail, runForeground, say } from './bootstrap.mjs'
import { isBuildFresh } from './freshness.mjs'

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
const { node, env } = bootstrap({ system: hasDisplay ? ['window'] : [] })

if (!isBuildFresh()) {
  say('building …')
  const code = await runForeground(node, ['scripts/build.mjs'], { env, stdio: ['ignore', 2, 2] })
  if (code !== 0) fail('the build failed; see the messages above.')
}

const args = process.argv.slice(2)
process.exitCode = hasDisplay
  ? await runForeground(node, ['scripts/electron.mjs', 'run', '.', ...args], { env })
  : await runForeground(node, ['src/main/cli/index.ts', 'start', ...args], { env })
