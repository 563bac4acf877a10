// A core dump is a picture of memory, keys and charts included (KEY-01). Node cannot lower its own limit; on Linux the
// kernel is told to leave every part of memory out. Elsewhere the system's own setting counts (docs/deployment.md).
import { writeFileSync } from 'node:fs'

const filter = '/proc/self/coredump_filter'

/** Returns whether it worked: a system without the file makes dumps as it is set up to. */
export function leaveMemoryOutOfCoreDumps(platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return false
  try {
    writeFileSync(filter, '0')
    return true
  } catch {
    return false
  }
}
