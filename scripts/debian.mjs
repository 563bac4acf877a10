// System packages that Debian and Ubuntu must have. As root it installs what is missing, otherwise it prints the
// one command to type and stops. On other systems it asks for nothing.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** `a|b`: either will do; newer releases renamed some libraries for 64-bit time. */
const groups = {
  /** The Electron window on a real display. */
  window: ['libgtk-3-0|libgtk-3-0t64', 'libnss3', 'libasound2|libasound2t64', 'libgbm1'],
  /** Tests: virtual display, browser, keychain, PDF tools, print scheduler, and strace, which breaks disks on purpose. */
  tests: [
    'xvfb',
    'xauth',
    'dbus',
    'chromium',
    'poppler-utils',
    'cups',
    'cups-client',
    'gnome-keyring',
    'strace',
  ],
}

/** @param {('window' | 'tests')[]} purposes */
export function ensureSystemPackages(purposes) {
  if (purposes.length === 0 || !isDebian()) return
  const missing = purposes.flatMap((purpose) => groups[purpose]).filter((spec) => !isInstalled(spec))
  if (missing.length === 0) return

  if (process.getuid?.() !== 0) {
    const names = missing.map(nameHere).join(' ')
    process.stderr.write(
      `System packages are missing. Type this once, then run the command again:\n` +
        `  sudo apt-get install --yes --no-install-recommends ${names}\n`,
    )
    process.exit(1)
  }
  process.stderr.write(`[osler] installing system packages: ${missing.join(' ')}\n`)
  apt(['update'])
  apt(['install', '--yes', '--no-install-recommends', ...missing.map(nameHere)])
}

function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false
  const release = readFileSync('/etc/os-release', 'utf8')
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)
}

function isInstalled(spec) {
  return spec.split('|').some((name) => {
    const told = spawnSync('dpkg-query', ['--show', '--showformat', '${db:Status-Status}', name], {
      encoding: 'utf8',
    })
    return told.status === 0 && told.stdout.trim() === 'installed'
  })
}

/** The first of the alternatives that this release can install. */
function nameHere(spec) {
  const names = spec.split('|')
  return names.find((name) => canInstall(name)) ?? names[0]
}

function canInstall(name) {
  const told = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' })
  return /Candidate: (?!\(none\))/.test(told.stdout ?? '')
}

function apt(args) {
  const done = spawnSync('apt-get', ['--quiet', '--quiet', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (done.status === 0) return
  process.stderr.write(`apt-get ${args[0]} failed; see the messages above.\n`)
  process.exit(1)
}
