// `npm run new:module NAME`: copies scripts/templates/module to src/modules/NAME, adds its migration and its lines in
// the registries. Then rename, write contract.ts, write a failing test, write the service.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bootstrap, fail, root, runForeground, toolArgs } from './bootstrap.mjs'
import { addMigration, insertAfterLast } from './new-migration.mjs'

const modulesFolder = path.join(root, 'src/modules')
const templates = path.join(root, 'scripts/templates')

const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) fail('usage: npm run new:module NAME (kebab-case)')
if (existsSync(path.join(modulesFolder, name))) fail(`src/modules/${name} is there already`)

const pascal = name.replace(/(^|-)(.)/g, (_all, _dash, letter) => letter.toUpperCase())
const camel = pascal[0].toLowerCase() + pascal.slice(1)
const names = {
  __module__: name,
  __camel__: camel,
  __Pascal__: pascal,
  __snake__: name.replaceAll('-', '_'),
  __Title__: name[0].toUpperCase() + name.slice(1).replaceAll('-', ' '),
  __tableId__: String(freeTableId()),
}

/** Table ids are on the wire for ever. Modules take tens of their own; core-only tests use 900 and above. */
function freeTableId() {
  const used = filesIn(modulesFolder)
    .filter((file) => file.endsWith('tables.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(modulesFolder, file), 'utf8').matchAll(
        /(?:synced|patient)Table\(\s*'\w+',\s*(\d+)/g,
      ),
    ])
    .map((hit) => Number(hit[1]))
  return (Math.floor(Math.max(0, ...used) / 10) + 1) * 10
}

function filesIn(folder, prefix = '') {
  return readdirSync(folder).flatMap((entry) => {
    const place = path.join(folder, entry)
    return statSync(place).isDirectory()
      ? filesIn(place, path.join(prefix, entry))
      : [path.join(prefix, entry)]
  })
}

function filled(text) {
  return text.replace(/__(?:module|camel|Pascal|snake|Title|tableId)__/g, (token) => names[token])
}

function copyTemplate() {
  const folder = path.join(templates, 'module')
  return filesIn(folder).map((file) => {
    const target = path.join('src/modules', name, filled(file))
    mkdirSync(path.join(root, path.dirname(target)), { recursive: true })
    writeFileSync(path.join(root, target), filled(readFileSync(path.join(folder, file), 'utf8')))
    return target
  })
}

/** Adds an import and an entry at the end of the list called `list`. */
function register(file, list, importLine, entry) {
  const place = path.join(root, file)
  const text = insertAfterLast(
    readFileSync(place, 'utf8'),
    /^import [^\n]* from '\.\/[^\n]*\n/gm,
    `${importLine}\n`,
  )
  const opening = new RegExp(`^export const ${list}\\b[^=]*= \\[`, 'm').exec(text)
  const end = opening ? text.indexOf(']', opening.index + opening[0].length) : -1
  if (!opening || end < 0) throw new Error(`${file}: found no list "export const ${list} = [ … ]"`)
  const items = text.slice(opening.index + opening[0].length, end).trimEnd()
  const comma = items === '' || items.endsWith(',') ? '' : ','
  writeFileSync(
    place,
    `${text.slice(0, opening.index)}${opening[0]}${items}${comma} ${entry}${text.slice(end)}`,
  )
  return file
}

const { node, env } = bootstrap()
const registries = [
  [
    'src/modules/main.ts',
    'modules',
    `import { ${camel}Module } from './${name}/main/handlers.ts'`,
    `${camel}Module`,
  ],
  [
    'src/modules/renderer.tsx',
    'rendererModules',
    `import { ${camel}Renderer } from './${name}/renderer/routes.tsx'`,
    `${camel}Renderer`,
  ],
]
for (const [file] of registries) if (!existsSync(path.join(root, file))) fail(`${file} is not there`)

const written = [
  ...copyTemplate(),
  addMigration(names.__snake__, filled(readFileSync(path.join(templates, 'migration.ts'), 'utf8'))),
  'migrations/index.ts',
  ...registries.map((registry) => register(...registry)),
]
const formatted = await runForeground(node, toolArgs('biome', ['format', '--write', ...written]), {
  env,
  stdio: ['ignore', 'ignore', 2],
})
process.stdout.write(`${written.join('\n')}\n`)
process.exitCode = formatted
