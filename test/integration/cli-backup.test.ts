// `backup`, `backups` and `restore` as somebody who looks after the computer types them: real processes, one clinic.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandLine } from '#testkit/command-line.ts'

const home = mkdtempSync(path.join(tmpdir(), 'osler-cli-backup-'))
const dir = path.join(home, 'clinic')
const kit = path.join(home, 'kit.txt')
const restored = path.join(home, 'restored')
afterAll(() => rmSync(home, { recursive: true, force: true }))

const { run } = commandLine(home, 'kettle whistle orbit mango seven')

const restore = (file: string, kitFile: string, into = restored) =>
  run(['restore', '--dir', into, '--file', file, '--kit', kitFile])
const backupFile = () => {
  const folder = path.join(dir, 'backups')
  const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.oslerbackup'))
  return path.join(folder, name)
}

test('backup makes one and tells where it is good; backups tells the state', async () => {
  const made = await run([
    'create',
    '--dir',
    dir,
    '--name',
    'Praxis',
    '--admin',
    'anna',
    '--doctor',
    '--kit',
    kit,
  ])
  expect([made.code, made.err]).toEqual([0, expect.stringContaining('recovery kit')])
  const patient = JSON.stringify({ name: 'Ana Sol', gender: 'female' })
  expect(
    await run(['call', '--dir', dir, '--as', 'anna', 'patients.register'], { input: patient }),
  ).toMatchObject({
    code: 0,
  })
  expect(await run(['backup', '--dir', dir, '--as', 'anna'])).toMatchObject({
    code: 0,
    json: { reason: 'hand', patients: 1, copies: [{ targetId: 'home', state: 'good', problem: null }] },
  })
  expect(existsSync(backupFile())).toBe(true)
  const state = await run(['backups', '--dir', dir, '--as', 'anna'])
  expect(state).toMatchObject({ code: 0, json: { late: 'no', running: null, isDemo: false } })
  expect(state.json.made).toHaveLength(1)
  expect(state.json.kitId).toBe(state.json.made[0].kitId)
})

test('restore refuses in plain words what it cannot do, and leaves nothing behind', async () => {
  const nowhere = await restore(path.join(home, 'nowhere'), kit)
  expect([nowhere.code, nowhere.out, nowhere.err]).toEqual([
    1,
    '',
    expect.stringContaining('there is no backup'),
  ])
  const noKit = await restore(backupFile(), path.join(home, 'nokit'))
  expect([noKit.code, noKit.out, noKit.err]).toEqual([
    1,
    '',
    expect.stringContaining('there is no recovery kit'),
  ])
  expect((await run(['restore', '--dir', restored, '--file', 'x'])).err).toContain('--kit is missing')
  // One letter of the kit is another: told as mistyped.
  const wrong = path.join(home, 'wrong.txt')
  const text = readFileSync(kit, 'utf8').trim()
  writeFileSync(wrong, text.slice(0, -1) + (text.endsWith('Q') ? 'P' : 'Q'))
  expect(await restore(backupFile(), wrong)).toMatchObject({
    code: 1,
    json: { error: { code: 'WRONG_KIT' } },
  })
  const cut = path.join(home, 'cut.oslerbackup')
  const whole = readFileSync(backupFile())
  writeFileSync(cut, whole.subarray(0, whole.length - 100))
  expect(await restore(cut, kit)).toMatchObject({
    code: 1,
    json: {
      error: { code: 'WRONG_FILE', details: { backup: expect.stringMatching(/^(cut-short|damaged)$/) } },
    },
  })
  // A clinic that works is not replaced from the command line.
  const over = await restore(backupFile(), kit, dir)
  expect(over).toMatchObject({ code: 1, json: { error: { code: 'CONFLICT', details: { state: 'closed' } } } })
  for (const { err } of [nowhere, noKit, over]) expect(err).not.toMatch(/\bat .*\.ts:/)
  expect(existsSync(path.join(restored, 'clinic.db'))).toBe(false)
})

test('restore brings the clinic into an empty folder with the kit as `create` wrote it, and people sign in as before', async () => {
  const done = await restore(backupFile(), kit)
  expect(done).toMatchObject({ code: 0, json: { restored: true, clinicName: 'Praxis', patients: 1 } })
  expect(done.err).toContain('a new kit comes first')
  const found = await run(['call', '--dir', restored, '--as', 'anna', 'patients.search'], {
    input: '{"text":"sol"}',
  })
  expect([found.code, found.out]).toEqual([0, expect.stringContaining('Ana Sol')])
})
