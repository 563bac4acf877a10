// Proves that the import rules of .oxlintrc.json and the environments of tsconfig/ still bite: for each row of the
// table in ARCHITECTURE.md a forbidden import must be reported, and what is allowed must pass.
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

interface Row {
  readonly name: string
  /** Each line by itself, in a file at this place, breaks the row's rule. */
  readonly broken: readonly (readonly [file: string, code: string])[]
  readonly clean: readonly (readonly [file: string, code: string])[]
}

const rows: readonly Row[] = [
  {
    name: 'shared',
    broken: [
      ['src/shared/ids.ts', `import { randomUUID } from 'node:crypto'`],
      ['src/shared/ids.ts', `import { app } from 'electron'`],
      ['src/shared/ids.ts', `import { useState } from 'react'`],
      ['src/shared/ids.ts', `import { z } from 'zodiac'`],
      ['src/shared/ids.ts', `import type { Reader } from '#core/store/reader.ts'`],
      ['src/shared/ids.ts', `export { wireVersion } from '#relay/wire.ts'`],
      ['src/modules/patients/shared/rules.ts', `import { find } from '../main/queries.ts'`],
      ['src/modules/patients/shared/rules.ts', `import { find } from '#modules/people/main/api.ts'`],
      ['src/modules/patients/shared/rules.ts', `import { isId } from '../../people/shared/ids.ts'`],
    ],
    clean: [
      ['src/shared/ids.ts', `import * as z from 'zod'`],
      ['src/shared/ids.ts', `import { AppError } from './errors.ts'`],
      ['src/modules/patients/shared/rules.ts', `import { isId } from '#modules/people/shared/ids.ts'`],
      ['src/modules/patients/shared/rules.ts', `import { AppError } from '#shared/errors.ts'`],
      ['src/modules/patients/shared/rules.test.ts', `import { readFileSync } from 'node:fs'`],
    ],
  },
  {
    name: 'backend',
    broken: [
      ['src/main/core/rpc/dispatch.ts', `import { app } from 'electron'`],
      ['src/main/core/rpc/dispatch.ts', `import Store from 'electron-store'`],
      ['src/main/core/rpc/dispatch.ts', `import { createElement } from 'react'`],
      ['src/main/core/rpc/dispatch.ts', `import { windows } from '../shell/windows.ts'`],
      ['src/main/cli/index.ts', `import { app } from 'electron'`],
      ['src/modules/patients/main/service.ts', `import { Button } from '@blueprintjs/core'`],
      ['src/modules/patients/main/service.ts', `import { row } from '#modules/people/main/queries.ts'`],
      ['src/modules/patients/main/service.ts', `import { row } from '#modules/people/main/appointments.ts'`],
      ['src/modules/patients/main/service.ts', `import { Page } from '#modules/people/renderer/Page.tsx'`],
      ['src/modules/patients/main/service.ts', `import { Page } from '../renderer/Page.tsx'`],
      ['src/modules/patients/main/service.ts', `import { theme } from '#ui/theme.ts'`],
      ['src/modules/patients/main/service.ts', `const { app } = await import('electron')`],
    ],
    clean: [
      ['src/main/core/rpc/dispatch.ts', `import { randomUUID } from 'node:crypto'`],
      ['src/main/core/rpc/dispatch.ts', `import { open } from '../db/open.ts'`],
      ['src/main/core/sync/seal.ts', `import { wireVersion } from '#relay/wire.ts'`],
      ['src/main/cli/index.ts', `import { modules } from '#modules/main.ts'`],
      ['src/modules/patients/main/service.ts', `import { userName } from '#modules/people/main/api.ts'`],
      ['src/modules/patients/main/service.ts', `import { age } from '../shared/rules.ts'`],
      ['src/modules/patients/main/service.ts', `import { sql } from 'kysely'`],
    ],
  },
  {
    name: 'shell',
    broken: [
      ['src/main/shell/windows.ts', `import { find } from '#modules/patients/main/api.ts'`],
      ['src/main/shell/windows.ts', `import { theme } from '#ui/theme.ts'`],
      ['src/main/shell/windows.ts', `import { routes } from '#renderer/app/routes.tsx'`],
      ['src/main/shell/windows.ts', `import { createElement } from 'react'`],
    ],
    clean: [
      ['src/main/shell/windows.ts', `import { BrowserWindow } from 'electron'`],
      ['src/main/shell/windows.ts', `import Store from 'electron-store'`],
      ['src/main/shell/windows.ts', `import { dispatch } from '#core/rpc/dispatch.ts'`],
    ],
  },
  {
    name: 'preload',
    broken: [
      ['src/preload/index.ts', `import { readFileSync } from 'node:fs'`],
      ['src/preload/index.ts', `import { z } from 'zod'`],
      ['src/preload/index.ts', `import { query } from '#shared/contract.ts'`],
      ['src/preload/index.ts', `import { AppError } from '#shared/errors.ts'`],
      ['src/preload/index.ts', `import { open } from '../main/core/db/open.ts'`],
      ['src/preload/index.ts', `import Store from 'electron-store'`],
    ],
    clean: [
      ['src/preload/index.ts', `import { contextBridge } from 'electron'`],
      ['src/preload/index.ts', `import { callChannel } from '#shared/channels.ts'`],
    ],
  },
  {
    name: 'renderer',
    broken: [
      ['src/renderer/app/main.tsx', `import { ipcRenderer } from 'electron'`],
      ['src/renderer/app/main.tsx', `import { readFileSync } from 'node:fs'`],
      ['src/renderer/app/main.tsx', `import path from 'path'`],
      ['src/renderer/app/main.tsx', `import { sql } from 'kysely'`],
      ['src/renderer/app/main.tsx', `import { dispatch } from '#core/rpc/dispatch.ts'`],
      ['src/renderer/app/main.tsx', `import { dispatch } from '../main/core/rpc/dispatch.ts'`],
      ['src/modules/patients/renderer/Page.tsx', `import { find } from '../main/queries.ts'`],
      ['src/modules/patients/renderer/Page.tsx', `import { find } from '#modules/people/main/api.ts'`],
      ['src/modules/patients/renderer/Page.tsx', `import { Card } from '#modules/people/renderer/Card.tsx'`],
    ],
    clean: [
      ['src/renderer/app/main.tsx', `import { useState } from 'react'`],
      ['src/renderer/app/main.tsx', `import { screens } from '#modules/renderer.tsx'`],
      ['src/modules/patients/renderer/Page.tsx', `import { patients } from '../shared/contract.ts'`],
      [
        'src/modules/patients/renderer/Page.tsx',
        `import { people } from '#modules/people/shared/contract.ts'`,
      ],
      ['src/modules/patients/renderer/Page.tsx', `import { Field } from '#ui/Field.tsx'`],
    ],
  },
  {
    name: 'migrations',
    broken: [
      ['migrations/0001_core.ts', `import { AppError } from '#shared/errors.ts'`],
      ['migrations/0001_core.ts', `import { open } from '../src/main/core/db/open.ts'`],
      ['migrations/0001_core.ts', `import { randomUUID } from 'node:crypto'`],
    ],
    clean: [
      ['migrations/0001_core.ts', `import { sql } from 'kysely'`],
      ['migrations/index.ts', `import * as m0001 from './0001_core.ts'`],
    ],
  },
  {
    name: 'sync-relay',
    broken: [
      ['sync-relay/src/store.ts', `import { AppError } from '#shared/errors.ts'`],
      ['sync-relay/src/store.ts', `import { open } from '../../src/main/core/db/open.ts'`],
      ['sync-relay/src/store.ts', `import { app } from 'electron'`],
    ],
    clean: [
      ['sync-relay/src/store.ts', `import { limits } from './wire.ts'`],
      ['sync-relay/src/store.ts', `import * as z from 'zod'`],
    ],
  },
]

interface Run {
  readonly code: number
  readonly output: string
}

function run(script: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(root, 'node_modules', script), ...args],
      { cwd, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
      },
    )
  })
}

interface Report {
  readonly diagnostics: readonly {
    readonly code: string
    readonly filename: string
    readonly help?: string
  }[]
}

/** Lints each case in a tree of its own that mirrors the project's; answers the import reports per case. */
async function importReports(cases: readonly (readonly [file: string, code: string])[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'osler-boundaries-'))
  try {
    const reports: string[][] = []
    for (const [n, [file, code]] of cases.entries()) {
      const tree = path.join(folder, String(n))
      await mkdir(path.join(tree, path.dirname(file)), { recursive: true })
      await copyFile(path.join(root, '.oxlintrc.json'), path.join(tree, '.oxlintrc.json'))
      await writeFile(path.join(tree, file), `${code}\n`)
      const { output } = await run('oxlint/bin/oxlint', ['--format=json', '.'], tree)
      const { diagnostics } = JSON.parse(output) as Report
      const found = diagnostics.filter((item) => item.code === 'eslint(no-restricted-imports)')
      reports.push(found.map((item) => item.help ?? ''))
    }
    return reports
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe.concurrent('import rules', () => {
  test.for(rows)(
    '$name: each forbidden import is reported once, with the remedy',
    async ({ broken }, { expect }) => {
      const reports = await importReports(broken)
      for (const [n, [file, code]] of broken.entries()) {
        expect(reports[n], `${file}: ${code}`).toHaveLength(1)
        expect(reports[n]?.[0]?.length, `remedy for ${code}`).toBeGreaterThan(20)
      }
    },
  )

  test.for(rows)('$name: what is allowed passes', async ({ clean }, { expect }) => {
    const reports = await importReports(clean)
    for (const [n, [file, code]] of clean.entries()) expect(reports[n], `${file}: ${code}`).toEqual([])
  })
})

interface LintConfig {
  readonly overrides: readonly {
    readonly files: readonly string[]
    readonly rules: Readonly<Record<string, unknown>>
  }[]
}

describe('the lint configuration', () => {
  test('has exactly one override of import rules per row, since a later one replaces an earlier one', async () => {
    const config = JSON.parse(await readFile(path.join(root, '.oxlintrc.json'), 'utf8')) as LintConfig
    const importOverrides = config.overrides.filter((item) => 'no-restricted-imports' in item.rules)
    expect(importOverrides).toHaveLength(rows.length)
    const files = importOverrides.flatMap((item) => item.files)
    expect(new Set(files).size).toBe(files.length)
  })

  test('uses no look-around, which the linter accepts and then never matches', async () => {
    const text = await readFile(path.join(root, '.oxlintrc.json'), 'utf8')
    expect(text).not.toMatch(/\(\?[=!<]/)
  })
})

/** Two distinctions inside the backend row, which one override cannot make. */
describe('core', () => {
  async function importsOf(folder: string): Promise<readonly (readonly [file: string, target: string])[]> {
    const files = (await readdir(path.join(root, folder), { recursive: true }))
      .map((file) => path.join(folder, file).replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    const found = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(path.join(root, file), 'utf8')
        return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
          (hit) => [file, hit[1] ?? ''] as const,
        )
      }),
    )
    return found.flat()
  }

  test('knows no module: modules are handed to it', async () => {
    const imports = await importsOf('src/main/core')
    expect(imports.length).toBeGreaterThan(10)
    expect(imports.filter(([, target]) => target.startsWith('#modules/'))).toEqual([])
  })

  test('speaks the wire format only in core/sync', async () => {
    const imports = [...(await importsOf('src/main/core')), ...(await importsOf('src/modules'))]
    const outside = imports.filter(
      ([file, target]) => target.startsWith('#relay/') && !file.startsWith('src/main/core/sync/'),
    )
    expect(outside).toEqual([])
  })
})

describe.concurrent('environments', () => {
  const fixtures = 'test/architecture/fixtures/environments'

  test.for([
    { environment: 'core', errors: [/core\/uses-window\.ts.*TS2304: Cannot find name 'window'/] },
    {
      environment: 'shared',
      errors: [
        /shared\/uses-buffer\.ts.*TS2591: Cannot find name 'Buffer'/,
        /shared\/uses-relay\.ts.*TS6307: File .* is not listed within the file list of project/,
      ],
    },
    { environment: 'renderer', errors: [/renderer\/uses-node\.tsx.*TS2591: Cannot find name 'Buffer'/] },
  ])('$environment: what belongs elsewhere does not compile', async ({ environment, errors }, { expect }) => {
    const { code, output } = await run(
      'typescript/bin/tsc',
      ['--project', `${fixtures}/${environment}.tsconfig.json`, '--pretty', 'false'],
      root,
    )
    expect(code).not.toBe(0)
    const lines = output.split('\n').filter((line) => /error TS\d+/.test(line))
    for (const error of errors) expect(lines.filter((line) => error.test(line))).toHaveLength(1)
    // No other error: the clean fixture and the packages used in the broken one compile.
    expect(lines).toHaveLength(errors.length)
  })
})

describe('test files', () => {
  /** A file that no project picks up would be green for ever. */
  test('are each run by exactly one project', async () => {
    const known = [
      /^(src|migrations|sync-relay\/src)\/.*\.test\.ts$/,
      /^test\/(integration|architecture|night)\/.*\.test\.ts$/,
      /^test\/e2e\/.*\.(electron|web)\.e2e\.ts$/,
    ]
    const folders = ['src', 'migrations', 'sync-relay/src', 'test']
    const files = (
      await Promise.all(
        folders.map(async (folder) =>
          (
            await readdir(path.join(root, folder), { recursive: true })
          ).map((file) => path.join(folder, file).replaceAll('\\', '/')),
        ),
      )
    ).flat()
    const tests = files.filter((file) => /\.(test|spec|e2e)\.[cm]?[jt]sx?$/.test(file))
    expect(tests).toContain('test/architecture/boundaries.test.ts')
    expect(tests.filter((file) => known.filter((pattern) => pattern.test(file)).length !== 1)).toEqual([])
  })
})
