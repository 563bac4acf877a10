// Development: `npm run dev` opens the app on a renderer that reloads as files change; `npm run dev:web` keeps
// out/renderer built and restarts the HTTPS host on changes, without Electron. Runs on Node 24.
import { spawn } from 'node:child_process'
import { root } from './bootstrap.mjs'
import { buildParts, rendererConfig } from './build.mjs'

process.chdir(root)
process.env.NODE_ENV = 'development'
const args = process.argv.slice(2)
const { build, createServer } = await import('vite')

function until(child, cleanUp) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
  child.on('exit', (code) => {
    void cleanUp().then(() => process.exit(code ?? 0))
  })
}

if (args.includes('--web')) {
  const watcher = await build({
    ...(await rendererConfig()),
    logLevel: 'warn',
    build: { outDir: `${root}/out/renderer`, emptyOutDir: true, assetsInlineLimit: 0, watch: {} },
  })
  const host = ['--watch', '--watch-preserve-output', 'src/main/cli/index.ts', 'start']
  until(
    spawn(process.execPath, [...host, ...args.filter((arg) => arg !== '--web')], { stdio: 'inherit' }),
    () => watcher.close(),
  )
} else {
  await buildParts(['main', 'preload'])
  const server = await createServer({
    ...(await rendererConfig()),
    // Port 0 is taken literally by the operating system: any free one.
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root] } },
    clearScreen: false,
  })
  await server.listen()
  until(
    spawn(process.execPath, ['scripts/electron.mjs', 'run', '.', ...args], {
      stdio: 'inherit',
      env: { ...process.env, ELECTRON_RENDERER_URL: server.resolvedUrls?.local[0] },
    }),
    () => server.close(),
  )
}
