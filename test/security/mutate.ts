// Runs one test in a copy of the clone, as it is and with a defence taken away.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Mutation } from './mutations.ts'

/** What a test run reads; everything else stays where it is. */
const copied = ['src', 'test', 'migrations', 'scripts', 'sync-relay', 'tsconfig', 'docs']
const linked = ['node_modules', 'resources']
const single = [
  'package.json',
  'package-lock.json',
  'vitest.config.ts',
  'tsconfig.json',
  '.oxlintrc.json',
  'ARCHITECTURE.md',
  'README.md',
]

export interface Copy extends Disposable {
  readonly dir: string
}

export function copyClone(root: string): Copy {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-mutation-'))
  for (const name of copied) cpSync(path.join(root, name), path.join(dir, name), { recursive: true })
  for (const name of single) cpSync(path.join(root, name), path.join(dir, name))
  for (const name of linked) symlinkSync(path.join(root, name), path.join(dir, name))
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

export interface Outcome {
  readonly passed: number
  readonly failed: number
  /** Why tests failed, or what the run said where there was no report. */
  readonly output: string
}

/** `passed` and `failed` count only tests whose name contains the given words. */
export function runTest(dir: string, { project, file, name, wholeFile }: Mutation['test']): Outcome {
  const report = path.join(dir, 'mutation-report.json')
  rmSync(report, { force: true })
  const run = spawnSync(
    process.execPath,
    [
      path.join(dir, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      file,
      ...(wholeFile ? [] : ['-t', name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: dir, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' }, maxBuffer: 64 * 1024 * 1024 },
  )
  const output = `${run.stdout}${run.stderr}`
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: {
        message: string
        assertionResults: { fullName: string; status: string; failureMessages?: string[] }[]
      }[]
    }
    const tests = testResults.flatMap((each) => each.assertionResults)
    const meant = tests.filter(({ fullName }) => fullName.includes(name))
    const count = (status: string) => meant.filter((each) => each.status === status).length
    const why = [
      ...testResults.map(({ message }) => message),
      ...tests.flatMap(({ failureMessages }) => failureMessages ?? []),
    ].filter((text) => text !== '')
    return { passed: count('passed'), failed: count('failed'), output: why.join('\n') || output }
  } catch {
    return { passed: 0, failed: 0, output }
  }
}

/** Takes the defence away, runs, and puts it back. */
export function runWithout(dir: string, { file, find, replace, test }: Mutation): Outcome {
  const place = path.join(dir, file)
  const whole = readFileSync(place, 'utf8')
  const times = whole.split(find).length - 1
  if (find === '' || times !== 1) throw new Error(`"${find.slice(0, 60)}" stands ${times} times in ${file}`)
  writeFileSync(
    place,
    whole.replace(find, () => replace),
  )
  try {
    return runTest(dir, test)
  } finally {
    writeFileSync(place, whole)
  }
}
