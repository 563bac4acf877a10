// Debian's Chromium as tests and gallery start it: with its sandbox, except for root, where it cannot have one.
import { existsSync } from 'node:fs'

const isRoot = process.getuid?.() === 0
const executablePath =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file))

export const browserOptions = {
  ...(executablePath ? { executablePath } : {}),
  chromiumSandbox: !isRoot,
}
