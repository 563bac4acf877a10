// Bringing a clinic back: on an empty computer from kit and file, and over a broken one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { RestoreFacts } from '#shared/restore.ts'
import { testCaller, testHost } from '#testkit/host.ts'
import { backedUpClinic, confirmKit, must, people, tableHashes } from '#testkit/restoring.ts'

/** Written to by the restore itself, the opening after it and the new kit. */
const grows = new Set(['audit_log', 'audit_checkpoint', 'control_log', 'job_state', 'meta', 'notice', 'op_result', 'review_item', 'sync_commit', 'change_index', 'sync_head', 'sync_writer'])

test('KEY-05: kit and one file alone bring everything back on an empty computer; people sign in with their old passwords', async () => {
  await using from = await backedUpClinic()
  await from.call('patients.register', { name: 'Ana Sol', gender: 'female', birthDate: '1980-02-03' }).catch(() => null)
  const hashes = from.hashes()
  const audit = from.host.clinic()?.read((r) => r.list((db) => db.selectFrom('audit_log').select(['seq', 'mac']).orderBy('seq'))) ?? []
  const file = await from.backup()
  await from.host.close()

  await using to = testHost()
  const host = await to.open()
  const caller = testCaller()
  const place = { kind: 'folder', path: path.dirname(file) }
  const found = must(await host.bootstrap('restoreFind', { place }, caller)) as { name: string; kitId: string | null }[]
  expect(found).toHaveLength(1)
  const opener = { kind: 'kit', kit: from.kit }
  const facts = must(await host.bootstrap('restoreLook', { place, name: found[0]?.name, opener }, caller)) as RestoreFacts
  expect(facts).toMatchObject({ clinicName: 'Praxis am See', attachments: 1, newerHere: null, otherClinic: false })
  expect(host.status().state).toBe('none')
  expect(existsSync(path.join(to.dir, 'clinic.db'))).toBe(false)
  must(await host.bootstrap('restoreApply', {}, caller))
  // A kit that was used has to be replaced before anybody works.
  expect(host.status()).toMatchObject({ state: 'kit', kitFor: 'kit-used' })
  const newKit = await confirmKit(host)
  expect(newKit).not.toBe(from.kit)
  must(await host.bootstrap('unlock', people, caller))
  expect(host.status()).toMatchObject({ state: 'open', clinicName: 'Praxis am See' })

  const after = tableHashes(host)
  for (const [table, hash] of Object.entries(hashes)) if (!grows.has(table)) expect([table, after[table]]).toEqual([table, hash])
  const restored = host.clinic()?.read((r) => r.list((db) => db.selectFrom('audit_log').select(['seq', 'mac', 'action', 'detail']).orderBy('seq'))) ?? []
  for (const entry of audit) expect(Buffer.from(restored[entry.seq - 1]?.mac ?? []).equals(Buffer.from(entry.mac))).toBe(true)
  expect(readFileSync(path.join(to.dir, 'attachments', 'a1b2c3'), 'utf8')).toBe('sealed picture '.repeat(500))
  // BAK-07: a visible entry that says what now stands, and both chains whole behind it.
  expect(restored.find((entry) => entry.action === 'clinic.restore')?.detail).toContain(`backup=${facts.backupId}`)
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
  const writers = host.clinic()?.read((r) => r.list((db) => db.selectFrom('sync_writer').select(['n', 'incarnation']).orderBy('n')))
  expect(writers).toEqual([{ n: 1, incarnation: 1 }, { n: 2, incarnation: 2 }])
  // From now on the computer opens like any other.
  await host.close()
  const again = await to.open()
  must(await again.bootstrap('unlock', people, testCaller()))
  expect(again.status().state).toBe('open')
})

test('a wrong kit, a mistyped one and a kit of another clinic open nothing and touch nothing', async () => {
  await using from = await backedUpClinic()
  const file = await from.backup()
  await using other = await backedUpClinic()
  await using to = testHost()
  const host = await to.open()
  const place = { kind: 'folder', path: file }
  const look = (kit: string) =>
    host.bootstrap('restoreLook', { place, name: path.basename(file), opener: { kind: 'kit', kit } }, testCaller())
  expect(await look(other.kit)).toMatchObject({ ok: false, error: { code: 'WRONG_KIT' } })
  expect(await look(from.kit.replace(/.$/, (c) => (c === 'Q' ? 'P' : 'Q')))).toMatchObject({ ok: false, error: { code: 'WRONG_KIT' } })
  expect(await host.bootstrap('restoreApply', {}, testCaller())).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  expect(readdirSync(to.dir).filter((name) => name !== 'tries.json')).toEqual([])
})

test('over a clinic that does not open: by password, newer saves are counted, the former files are kept', async () => {
  await using from = await backedUpClinic()
  const file = await from.backup()
  await from.host.close()
  const { dir } = from.home
  const database = path.join(dir, 'clinic.db')
  const whole = readFileSync(database)
  writeFileSync(database, whole.subarray(0, 4096).fill(7))
  const host = await from.home.open()
  const caller = testCaller()
  expect(await host.bootstrap('unlock', people, caller)).toMatchObject({ ok: false })
  expect(host.status().state).toBe('broken')
  const place = { kind: 'folder', path: file }
  const name = path.basename(file)
  expect(
    await host.bootstrap('restoreLook', { place, name, opener: { kind: 'password', username: 'anna', password: 'wrong' } }, caller),
  ).toMatchObject({ ok: false, error: { code: 'WRONG_PASSWORD' } })
  must(await host.bootstrap('restoreLook', { place, name, opener: { kind: 'password', ...people } }, caller))
  const { keptAs } = must(await host.bootstrap('restoreApply', {}, caller)) as { keptAs: string }
  expect(readFileSync(path.join(dir, keptAs, 'clinic.db')).equals(whole.subarray(0, 4096).fill(7))).toBe(true)
  expect(host.status().state).toBe('closed')
  must(await host.bootstrap('unlock', people, caller))
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
})

test('a working clinic is not replaced from outside', async () => {
  await using from = await backedUpClinic()
  const place = { kind: 'folder', path: from.dir }
  expect(await from.host.bootstrap('restoreFind', { place }, testCaller())).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  await from.host.close()
  const closed = await from.home.open()
  expect(await closed.bootstrap('restoreFind', { place }, testCaller())).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
})
