import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import path from 'node:path'
import { readFhirFile } from './main/read-file.ts'
const dir = '/work/shared/data/fhir'
const totals: Record<string, number> = {}
const problems: Record<string, number> = {}
let t0 = performance.now()
let n = 0, entries = 0, res = 0, bytes = 0, staged = 0, mapped = 0
for (const d of readdirSync(dir)) {
  const t1 = performance.now()
  for (const f of readdirSync(path.join(dir, d))) {
    if (process.argv[2] && !f.includes(process.argv[2])) continue
    const b = readFileSync(path.join(dir, d, f)); n++
    bytes += b.length
    await readFhirFile({ fileId: f, name: f, bytes: (async function* () { yield b })() }, 'files', async (m) => {
      if (m.kind === 'problem' || m.kind === 'refused') { const k = m.problem.code; problems[k] = (problems[k] ?? 0) + 1; if (k !== 'ENTRY_WITHOUT_RESOURCE') console.log(f, JSON.stringify(m.problem)) }
      if (m.kind === 'read') { entries += m.entries; res += m.resources; for (const [k, v] of Object.entries(m.found)) { totals[k] = (totals[k] ?? 0) + v.resources; mapped += v.mapped } }
      if (m.kind === 'chunk') staged += m.content.length
    })
  }
  console.log(d, Math.round(performance.now() - t1), 'ms')
}
console.log({ n, entries, res, mapped, bytes, staged, ms: performance.now() - t0, problems })
