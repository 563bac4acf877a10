// Builds out/: the main process, the command line, the workers, the preload bridge, the renderer and the catalogues
// (reference data made from resources/codesets, so that the product starts with it).
// `--only main,preload` builds some parts. resources/ is not copied: code reads it from the app's root folder.
// Runs on Node 24 (npm run build).
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.mjs'
import { markBuilt } from './freshness.mjs'

export const parts = ['main', 'preload', 'renderer']

/** The older of the two runtimes: 42 (Chrome 146) is the offline fallback, 45 is what users get. */
const chromeTarget = 'chrome146'
const nodeTarget = 'node24'

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const installedAtRuntime = new Set(['electron', ...Object.keys(manifest.dependencies)])
const builtins = new Set(builtinModules)

/** Whatever main needs at run time is a dependency and stays outside; everything bundled is a devDependency. */
function isExternal(id) {
  if (id.startsWith('node:') || builtins.has(id)) return true
  const name = id.split('/', id.startsWith('@') ? 2 : 1).join('/')
  return installedAtRuntime.has(name)
}

/** Output name to source file; sources that do not exist yet are left out. */
export function mainEntries() {
  const entries = {
    index: 'src/main/index.ts',
    cli: 'src/main/cli/index.ts',
    'build-catalogues': 'src/main/cli/build-catalogues.ts',
  }
  for (const pattern of ['src/main/core/**/*.worker.ts', 'src/modules/*/main/**/*.worker.ts']) {
    for (const file of globSync(pattern, { cwd: root })) {
      const name = `workers/${path.basename(file, '.ts')}`
      if (entries[name]) throw new Error(`two workers are called ${name}: ${entries[name]} and ${file}`)
      entries[name] = file
    }
  }
  return Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file))))
}

function mainConfig() {
  const input = mainEntries()
  if (Object.keys(input).length === 0) return undefined
  return {
    configFile: false,
    logLevel: 'warn',
    root,
    publicDir: false,
    build: {
      ssr: true,
      outDir: 'out/main',
      emptyOutDir: true,
      target: nodeTarget,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        external: isExternal,
        // Shared parts stand beside index.js, so that import.meta.dirname is out/main in all but the workers' own code.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  }
}

function preloadConfig() {
  if (!existsSync(path.join(root, 'src/preload/index.ts'))) return undefined
  return {
    configFile: false,
    logLevel: 'warn',
    root,
    publicDir: false,
    // A sandboxed preload can require nothing but electron, so all else is bundled into one CommonJS file.
    ssr: { noExternal: true },
    build: {
      ssr: 'src/preload/index.ts',
      outDir: 'out/preload',
      emptyOutDir: true,
      target: nodeTarget,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  }
}

/** Shared with the development server. */
export async function rendererConfig() {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    configFile: false,
    root: path.join(root, 'src/renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
  }
}

async function rendererBuild() {
  if (!existsSync(path.join(root, 'src/renderer/index.html'))) return undefined
  return {
    ...(await rendererConfig()),
    logLevel: 'warn',
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      target: chromeTarget,
      sourcemap: Boolean(process.env.OSLER_SOURCEMAP),
      // The content security policy allows no data: fonts or scripts, so nothing is inlined.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      modulePreload: { polyfill: false },
    },
  }
}

export async function buildParts(wanted = parts) {
  const startedMs = Date.now()
  const { build } = await import('vite')
  const all = wanted.length === parts.length
  if (all) rmSync(path.join(root, 'out'), { recursive: true, force: true })
  const makers = { main: mainConfig, preload: preloadConfig, renderer: rendererBuild }
  const configs = await Promise.all(wanted.map((part) => makers[part]()))
  const skipped = wanted.filter((_part, n) => !configs[n])
  await Promise.all(configs.filter(Boolean).map((config) => build(config)))
  if (wanted.includes('main')) buildCatalogues()
  if (all && skipped.length === 0) markBuilt(startedMs)
  return skipped
}

/** Runs the built importers on this Node: the driver they need is installed for it. */
function buildCatalogues() {
  const maker = path.join(root, 'out/main/build-catalogues.js')
  if (!existsSync(maker)) return
  const folder = path.join(root, 'out/catalogues')
  rmSync(folder, { recursive: true, force: true })
  const { status } = spawnSync(process.execPath, [maker, folder], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the catalogues could not be made')
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.chdir(root)
  process.env.NODE_ENV ??= 'production'
  const flag = process.argv.indexOf('--only')
  const wanted = flag < 0 ? parts : (process.argv[flag + 1] ?? '').split(',')
  const unknown = wanted.filter((part) => !parts.includes(part))
  if (unknown.length > 0) throw new Error(`unknown part: ${unknown.join(', ')} (known: ${parts.join(', ')})`)
  const startedMs = Date.now()
  const skipped = await buildParts(wanted)
  const without = skipped.length > 0 ? `, without ${skipped.join(', ')} (no source yet)` : ''
  process.stdout.write(`built in ${((Date.now() - startedMs) / 1000).toFixed(1)} s${without}\n`)
}
