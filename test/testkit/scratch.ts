// A folder for tests that write the same files a thousand times: in memory where the system has such a place.
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export const scratchFolder = (): string => mkdtempSync(path.join(place, 'osler-scratch-'))
