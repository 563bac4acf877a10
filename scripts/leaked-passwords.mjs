// Makes src/shared/leaked-passwords.ts from a list of leaked passwords, commonest first, one a line:
// node scripts/leaked-passwords.mjs 10_million_password_list_top_1M.txt
import { readFileSync, writeFileSync } from 'node:fs'
import { encodeFilter } from '../src/shared/leaked-filter.ts'

const shortestAllowed = 8
const [file] = process.argv.slice(2)
if (!file) throw new Error('usage: node scripts/leaked-passwords.mjs LIST')
const commonest = readFileSync(file, 'latin1').split('\n').slice(0, 100_000)
const kept = commonest
  .map((line) => line.replace(/\r$/, '').normalize('NFKC').toLowerCase())
  .filter((text) => Array.from(text).length >= shortestAllowed)
const { count, bytes } = encodeFilter([...new Set(kept)])
writeFileSync(
  new URL('../src/shared/leaked-passwords.ts', import.meta.url),
  `// Made by scripts/leaked-passwords.mjs: the entries of eight characters or more among the 100,000 commonest leaked passwords
// (SecLists, 10-million-password-list-top-1000000, Mark Burnett and OWASP SecLists, CC BY-SA 3.0), as hashes.
import type { Filter } from './leaked-filter.ts'

export const leakedPasswords: Filter = {
  count: ${count},
  data: '${Buffer.from(bytes).toString('base64')}',
}
`,
)
process.stdout.write(`${count} passwords, ${bytes.length} bytes\n`)
