// `npm run fault -- NAME`: one proof of reliability by itself, with the figures of `npm test`; `--night` takes the large ones.
// Without a name it lists them. Figures and results stand in docs/faults.md.
import { bootstrap, fail, runForeground, toolArgs } from './bootstrap.mjs'

/**
 * Name, the test file (of the project `integration` unless said) and words in the names of the tests to run. `night`: the file of
 * the large figures where it is another one; `byDay`: there are no larger ones.
 */
const faults = {
  kill: { file: 'kill-and-loss', id: 'REL-01' },
  'torn-log': { file: 'kill-and-loss', id: 'REL-02' },
  rollback: { file: 'kill-and-loss', id: 'REL-04' },
  'sync-order': { file: 'power-cut', id: 'every save syncs' },
  'power-cut': { file: 'power-cut', id: 'the power cut' },
  disk: { file: 'disk-faults', id: 'REL-03' },
  'older-page': { file: 'row-rollback', id: 'REL-04' },
  'damaged-page': { file: 'damaged-pages', id: 'DB-04' },
  migration: { file: 'migration-kill', id: 'DB-06' },
  'one-winner': { file: 'one-winner', id: 'REL-05' },
  memory: { file: 'memory', id: 'REL-06' },
  'key-change': { file: 'key-rotation', id: 'kills during rotations' },
  'root-renewal': { file: 'root-renewal', id: 'kills while the root key', night: 'key-rotation' },
  tamper: { file: 'audit-tamper', id: 'AUD-03', night: 'night/audit.test' },
  anchors: { file: 'audit-anchors', id: 'AUD-05', byDay: true },
  'backup-cut': { file: 'backup/container', id: 'BAK-02', project: 'unit' },
  clock: { file: 'clock-jumps', id: 'AUD-07', byDay: true },
  place: { file: 'folder-place', id: 'DB-05', project: 'unit' },
  pragmas: { file: 'db/connection', id: 'DB-01', project: 'unit' },
  'lock-cycles': { file: 'lock-cycles', id: 'REL-06', project: 'night' },
  'page-death': { file: 'electron-crash', id: 'ELE-07', project: 'window' },
}

const args = process.argv.slice(2)
const isNight = args.includes('--night')
const name = args.find((arg) => !arg.startsWith('--'))
if (name === undefined || !Object.hasOwn(faults, name)) {
  fail(`usage: npm run fault -- NAME [--night]\nnames: ${Object.keys(faults).join(', ')}`)
}
const { file, id, project = 'integration', night = file, byDay = false } = faults[name]
const isWindow = project === 'window'
const { node, env } = bootstrap({ system: isWindow ? ['window', 'tests'] : ['tests'] })
if (isWindow) await runForeground(node, ['scripts/build.mjs'], { env })
const wanted = project === 'integration' && isNight && !byDay ? 'night' : project
process.exitCode = await runForeground(
  node,
  isWindow
    ? ['scripts/electron.mjs', 'exec', 'playwright', 'test', file, '--grep', id]
    : toolArgs('vitest', [
        'run',
        '--project',
        wanted,
        wanted === 'night' ? night : file,
        '--testNamePattern',
        id,
      ]),
  { env: { ...env, ...(isNight || project === 'night' ? { OSLER_NIGHT: '1' } : {}) } },
)
