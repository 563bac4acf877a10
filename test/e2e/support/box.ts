// A box is everything one test run may write to: profile, home, temp. Nothing of it is shared with another run,
// and what the product left behind can be searched as a whole.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Box {
  readonly root: string
  /** Electron's user data: the clinic, logs, and whatever Chromium keeps. */
  readonly profile: string
  /** The clinic folder where there is no Electron. */
  readonly clinic: string
  readonly env: Record<string, string>
  remove(): void
}

/** Short on purpose: Chromium puts a socket below the temp folder, and a socket's path may have 107 bytes. */
export function openBox(): Box {
  const root = mkdtempSync(path.join(tmpdir(), 'osler-e2e-'))
  const folder = (name: string) => {
    const made = path.join(root, name)
    mkdirSync(made)
    return made
  }
  // The desktop variant runs as another user, who has to reach the folders inside.
  chmodSync(root, 0o755)
  const home = folder('home')
  return {
    root,
    profile: folder('profile'),
    clinic: folder('clinic'),
    env: {
      ...cleanEnv(),
      HOME: home,
      TMPDIR: folder('tmp'),
      XDG_CONFIG_HOME: path.join(home, '.config'),
      XDG_CACHE_HOME: path.join(home, '.cache'),
      XDG_DATA_HOME: path.join(home, '.local'),
      // The keychain of whoever runs the tests is not touched: to the product this computer has none.
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(root, 'no-bus')}`,
      // No test asks the world what time it is.
      OSLER_TIME_SERVERS: '',
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function cleanEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|OSLER_.*)$/.test(name),
  )
  return Object.fromEntries(kept) as Record<string, string>
}
