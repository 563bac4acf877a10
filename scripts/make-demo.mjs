// Writes resources/demo/patients.ndjson.gz from the stories in scripts/demo. Run after changing one of them.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './bootstrap.mjs'
import { demoLines } from './demo/make-patients.mjs'

const lines = demoLines()
const file = path.join(root, 'resources/demo/patients.ndjson.gz')
writeFileSync(file, gzipSync(lines, { level: 9 }))
process.stdout.write(
  `${lines.split('\n').length - 1} patients, ${Math.round(lines.length / 1024)} KiB before packing\n`,
)
