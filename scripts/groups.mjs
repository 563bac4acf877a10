// The groups of checks behind `npm test` and `npm run check`: what each runs, its time budget, how its tests are
// counted. A group that fails does not stop the others.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { bootstrap, root, toolArgs } from './bootstrap.mjs'

/** A group that hangs is stopped at this many times its budget, so that a run always ends. */
const patience = 2

/** Set when a person or the machine asked the run to stop; no further group is started then. */
let interrupted = false

const vitest = (projects) => (report) =>
  toolArgs('vitest', [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])

/** Budgets in seconds on two cores. `npm test` is to stay near 15 minutes; with the larger data beside the clone it takes 20. */
export const groups = {
  typecheck: { budget: 45, args: () => toolArgs('tsc', ['-b']) },
  lint: { budget: 60, args: () => toolArgs('oxlint', ['--type-aware', '--deny-warnings']) },
  format: { budget: 10, args: () => toolArgs('biome', ['format']) },
  migrations: { budget: 5, args: () => ['scripts/check-migrations.mjs'] },
  fast: { budget: 300, args: vitest(['unit', 'architecture']), count: countVitest },
  vitest: { budget: 900, args: vitest(['unit', 'integration', 'architecture']), count: countVitest },
  build: { budget: 45, args: () => ['scripts/build.mjs'] },
  e2e: {
    budget: 600,
    needs: 'build',
    args: () => ['scripts/electron.mjs', 'exec', 'playwright', 'test', '--reporter=list,json'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    count: countPlaywright,
  },
}

/**
 * Runs groups one after the other and prints what they did; the caller decides what to print last.
 * @param {(keyof typeof groups)[]} names
 * @param {{ system?: ('window' | 'tests')[] }} needs
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} tests, plus one failure per other failed group
 */
export async function runGroups(names, needs = {}) {
  const { node, env } = bootstrap(needs)
  const folder = mkdtempSync(path.join(tmpdir(), 'osler-test-'))
  const results = []
  try {
    for (const name of names) {
      if (interrupted) break
      const group = groups[name]
      const blocked = group.needs && results.some((result) => result.name === group.needs && !result.ok)
      heading(
        blocked ? `${name}: not run, because ${group.needs} failed` : `${name} (budget ${group.budget} s)`,
      )
      results.push(blocked ? failedGroup(name) : await runGroup(name, group, node, env, folder))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  summary(results)
  return {
    passed: sum(results, 'passed'),
    failed: sum(results, 'failed') + (interrupted ? 1 : 0),
    skipped: sum(results, 'skipped'),
  }
}

function failedGroup(name) {
  return { name, ok: false, seconds: 0, passed: 0, failed: 1, skipped: 0 }
}

async function runGroup(name, group, node, env, folder) {
  const report = path.join(folder, `${name}.json`)
  const startedMs = Date.now()
  const code = await runLimited(node, group.args(report), {
    env: { ...env, ...group.env?.(report) },
    limitMs: group.budget * patience * 1000,
  })
  const seconds = (Date.now() - startedMs) / 1000
  const counted = group.count ? countFrom(group, report) : { passed: 0, failed: 0, skipped: 0 }
  // A failure that no test owns (a type error, a crash, an empty run) must still show in the total.
  const failed = code === 0 ? counted.failed : Math.max(1, counted.failed)
  return { name, ok: failed === 0, seconds, ...counted, failed }
}

function countFrom(group, report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const counted = group.count(JSON.parse(readFileSync(report, 'utf8')))
  // A run of nothing proves nothing.
  return counted.passed + counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

/** The tests that failed, by name with the first lines of why: repeated at the end, where people and machines look. */
function vitestFailures(report) {
  return report.testResults.flatMap((file) => {
    const place = path.relative(root, file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return file.status === 'failed' ? [`${place}\n${firstLines(file.message)}`] : []
    return failed.map((test) => `${place} > ${test.fullName}\n${firstLines(test.failureMessages.join('\n'))}`)
  })
}

function playwrightFailures({ suites, errors }) {
  const inside = (suite) => [
    ...(suite.suites ?? []).flatMap(inside),
    ...(suite.specs ?? []).filter((spec) => !spec.ok).map(specFailure),
  ]
  return [...suites.flatMap(inside), ...errors.map((error) => firstLines(error.message))]
}

function specFailure(spec) {
  const messages = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors ?? []))
  return `${spec.file} > ${spec.title}\n${firstLines(messages.map((error) => error.message).join('\n'))}`
}

const firstLines = (text = '') =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 14)
    .map((line) => `    ${line.slice(0, 240)}`)
    .join('\n')

function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: vitestFailures(report),
  }
}

function countPlaywright(report) {
  const { stats, errors } = report
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: playwrightFailures(report),
  }
}

/** Resolves to the exit code. The child leads a process group of its own, so that nothing of it is left behind. */
function runLimited(command, args, { env, limitMs }) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32'
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: ownGroup,
    })
    const end = (signal) => {
      try {
        if (ownGroup && child.pid) process.kill(-child.pid, signal)
        else child.kill(signal)
      } catch {
        // Already gone.
      }
    }
    const stop = (signal) => {
      interrupted = true
      end(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
    const timer = setTimeout(() => {
      process.stdout.write(`stopped after ${limitMs / 1000} s\n`)
      end('SIGTERM')
      setTimeout(() => end('SIGKILL'), 5000).unref()
    }, limitMs)
    child.on('error', (error) => process.stderr.write(`cannot run ${command}: ${error.message}\n`))
    child.on('close', (code) => {
      clearTimeout(timer)
      end('SIGKILL')
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop)
      resolve(code ?? 1)
    })
  })
}

function heading(text) {
  process.stdout.write(`\n=== ${text}\n`)
}

function sum(results, field) {
  return results.reduce((total, result) => total + result[field], 0)
}

function summary(results) {
  process.stdout.write('\n')
  for (const { name, failures = [] } of results) {
    for (const failure of failures) process.stdout.write(`FAILED in ${name}: ${failure}\n\n`)
  }
  for (const { name, ok, seconds, passed, failed, skipped } of results) {
    const { budget, count } = groups[name]
    const tests = count ? `${passed} passed, ${failed} failed, ${skipped} skipped` : ''
    const late = seconds > budget ? ' OVER BUDGET' : ''
    process.stdout.write(
      `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(11)}${seconds.toFixed(1).padStart(6)} s of ${String(budget).padStart(3)} s${late}  ${tests}\n`,
    )
  }
}
