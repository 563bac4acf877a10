// `npm run package` makes an unreleased folder in dist/ for trying out; `npm run package -- --release` makes the
// installers for users. A release takes Electron only from its own download, never from the fallback.
import { existsSync } from 'node:fs'
import { bootstrap, fail, runForeground, toolArgs } from './bootstrap.mjs'

const { node, env } = bootstrap()
const args = process.argv.slice(2)
const isRelease = args.includes('--release')
const rest = args.filter((arg) => arg !== '--release')

const ownRuntime =
  Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH) || rest.some((arg) => arg.includes('electronDist'))
if (isRelease && (ownRuntime || existsSync('.cache/electron'))) {
  fail(
    'A release is made on a machine without a fallback Electron: unset ELECTRON_OVERRIDE_DIST_PATH, remove .cache/electron.',
  )
}
const built = await runForeground(node, ['scripts/build.mjs'], { env })
if (built !== 0) fail('the build failed; nothing was packed.')

process.exitCode = isRelease
  ? await runForeground(
      node,
      toolArgs('electron-builder', [
        ...rest,
        '-c.electronFuses.enableNodeCliInspectArguments=false',
        '--publish',
        'never',
      ]),
      { env },
    )
  : await runForeground(node, ['scripts/electron.mjs', 'pack', '--dir', ...rest], { env })
