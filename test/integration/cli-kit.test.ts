// The recovery kit on the command line: written by `create`, used up by `unlock`, and never among the arguments.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandLine } from '#testkit/command-line.ts'
import { parseKit } from '#core/keys/kit.ts'

const home = mkdtempSync(path.join(tmpdir(), 'osler-cli-kit-'))
const dir = path.join(home, 'clinic')
const kit = path.join(home, 'kit.txt')
const second = path.join(home, 'second.txt')
const third = path.join(home, 'third.txt')
afterAll(() => rmSync(home, { recursive: true, force: true }))

const { run } = commandLine(home, 'kettle whistle orbit mango seven')

const lettersIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? ''
const unlock = (from: string, into: string, more: Record<string, string> = {}) =>
  run(['unlock', '--dir', dir, '--as', 'anna', '--kit', from, '--new-kit', into], more)

test('KEY-04: create --kit writes a true kit into a new file for this user alone; a file that is there is somebody’s kit', async () => {
  const create = ['create', '--dir', dir, '--name', 'Praxis', '--admin', 'anna', '--doctor', '--kit', kit]
  writeFileSync(kit, 'another clinic’s kit')
  const taken = await run(create)
  expect([taken.code, taken.out, taken.err]).toEqual([1, '', expect.stringContaining('not written over')])
  expect(readFileSync(kit, 'utf8')).toBe('another clinic’s kit')
  expect(existsSync(path.join(dir, 'keys.json'))).toBe(false)
  rmSync(kit)

  const made = await run(create)
  expect(made).toMatchObject({ code: 0, json: { created: true, warnings: ['password-only'] } })
  expect(statSync(kit).mode & 0o777).toBe(0o600)
  const [about = '', letters = '', ...more] = readFileSync(kit, 'utf8').trim().split('\n')
  expect([parseKit(letters).ok, more]).toEqual([true, []])
  const body = readFileSync(path.join(dir, 'keys.json'), 'utf8')
  const { slots } = (
    JSON.parse(body) as { body: { slots: { kind: string; kit?: { id: string; confirmed: string } }[] } }
  ).body
  const slot = slots.find(({ kind }) => kind === 'kit')?.kit
  expect(slot).toMatchObject({ confirmed: 'typed' })
  expect(about).toContain(slot?.id)
  for (const text of [made.out, made.err, body]) expect(text).not.toContain(letters.slice(0, 19))
})

test('KEY-06: the letters of a kit as an argument are refused and not repeated; a wrong kit opens nothing', async () => {
  const letters = lettersIn(kit)
  for (const args of [
    ['unlock', '--dir', dir, '--as', 'anna', '--kit', letters, '--new-kit', second],
    ['restore', '--dir', path.join(home, 'empty'), '--file', kit, '--kit', letters.replaceAll('-', '')],
  ]) {
    const told = await run(args)
    const words = expect.stringContaining('do not belong on the command line')
    expect([told.code, told.out, told.err]).toEqual([1, '', words])
    expect(told.err).not.toContain(letters.slice(0, 9))
  }
  const mistyped = letters.slice(0, -1) + (letters.endsWith('Q') ? 'P' : 'Q')
  expect(await unlock('-', second, { input: mistyped })).toMatchObject({
    code: 1,
    json: { error: { code: 'WRONG_KIT', details: { fault: 'mistyped' } } },
  })
  expect((await unlock('-', second)).err).toContain('no recovery kit on standard input')
  expect((await unlock(path.join(home, 'none'), second)).err).toContain('there is no recovery kit')
  expect((await unlock(kit, kit)).err).toContain('not written over')
  expect(existsSync(second)).toBe(false)
})

test('KEY-04: unlock with the kit from standard input or a file uses it up; a new one counts, and the person’s password opens again', async () => {
  const first = readFileSync(kit, 'utf8')
  // A wrong password: the kit is used up all the same, and the new file is told.
  const refused = await unlock('-', second, { input: first, OSLER_PASSWORD: 'not the password at all' })
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'WRONG_PASSWORD' } } })
  expect(refused.err).toContain(second)
  expect(statSync(second).mode & 0o777).toBe(0o600)
  const closed = await run(['call', '--dir', dir, '--as', 'anna', 'session.me'])
  expect([closed.code, closed.json.error.code]).toEqual([1, 'WRONG_PASSWORD'])
  expect(await unlock('-', third, { input: first })).toMatchObject({
    code: 1,
    json: { error: { code: 'WRONG_KIT', details: { fault: 'other' } } },
  })

  const opened = await unlock(second, third)
  expect(opened).toMatchObject({ code: 0, json: { opened: true, as: 'anna' } })
  expect(readFileSync(third, 'utf8')).toContain(opened.json.kitId)
  for (const text of [opened.out, opened.err]) expect(text).not.toContain(lettersIn(third).slice(0, 9))
  expect(await run(['call', '--dir', dir, '--as', 'anna', 'session.me'])).toMatchObject({
    code: 0,
    json: { username: 'anna' },
  })
})
