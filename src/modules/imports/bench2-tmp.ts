import { testClinic } from '#testkit/clinic.ts'
import { modules } from '#modules/main.ts'
import { importsModule } from './main/handlers.ts'
import { importPaths } from './main/import-paths.ts'
const clinic = await testClinic({ modules: modules.some((m) => m.name === 'imports') ? modules : [...modules, importsModule] })
const actor = { userId: clinic.userId('admin'), userName: 'admin', role: 'admin' as const, roles: ['admin' as const], sessionId: 'x' }
const t0 = performance.now()
let t1 = 0
const s = await importPaths(clinic.clinic, actor, process.argv.slice(2), {}, (p) => { if (p.phase === 'filing' && !t1) { t1 = performance.now() } })
console.log({ ...s, refused: s.refused.length, notes: s.notes }, 'read', t1 - t0, 'file', performance.now() - t1, process.memoryUsage().rss / 1e6)
console.log(s.refused.slice(0, 30))
const t2 = performance.now()
const s2 = await importPaths(clinic.clinic, actor, process.argv.slice(2))
console.log({ ...s2, refused: s2.refused.length, notes: s2.notes.length }, performance.now() - t2)
console.log(clinic.clinic.verify())
await clinic[Symbol.asyncDispose]()
