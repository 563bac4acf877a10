// What comes next on a card, who waits too long, who is meant by three letters, where an arrow leads.
import { expect, test } from 'vitest'
import { type Role, scopeOf, splitAccess, type Access } from '#shared/permissions.ts'
import type { Card, Stage } from './contract.ts'
import {
  actionsOf,
  findToday,
  inColumn,
  isPhoneOld,
  meanWait,
  nextActionOf,
  nextReady,
  step,
  waitOf,
} from './rules.ts'

let made = 0
function card(stage: Stage, more: Partial<Card> = {}): Card {
  made += 1
  return {
    appointmentId: `a${made}` as Card['appointmentId'],
    patientId: `p${made}` as Card['patientId'],
    encounterId: null,
    name: `Patient ${made}`,
    recordNumber: String(20_000 + made),
    birthDate: '1980-01-01',
    gender: 'female',
    phone: null,
    phoneSince: null,
    startAt: '2026-03-02T09:00:00.000Z',
    providerId: 'd1' as Card['providerId'],
    provider: 'Dr. Keller',
    mine: false,
    roomId: null,
    room: null,
    visitType: null,
    noteTitle: null,
    reason: null,
    status: 'booked',
    stage,
    since: `2026-03-02T09:${String(made % 60).padStart(2, '0')}:00.000Z`,
    walkIn: false,
    queueNumber: null,
    firstVisit: false,
    arrivedAt: null,
    roomedAt: null,
    allergyState: null,
    allergies: [],
    vitalsTaken: null,
    marks: [],
    noteSignedAt: null,
    due: null,
    ...more,
  }
}
const mayAs = (role: Role) => (access: Exclude<Access, 'public'>) =>
  scopeOf(role, ...splitAccess(access)) !== undefined

test.each([
  ['expected', 'reception', 'check-in'],
  ['expected', 'doctor', 'check-in'],
  ['waiting', 'reception', 'room'],
  ['waiting', 'nurse', 'room'],
  ['with-nurse', 'nurse', 'vitals'],
  ['with-nurse', 'reception', null],
  ['ready', 'doctor', 'note'],
  ['ready', 'reception', null],
  ['with-doctor', 'doctor', 'note'],
  ['with-doctor', 'reception', null],
  ['check-out', 'reception', 'leave'],
  ['check-out', 'billing', 'pay'],
  ['left', 'reception', null],
] as const)('%s: %s is offered %s', (stage, role, expected) => {
  expect(nextActionOf(card(stage), mayAs(role))).toBe(expected)
})

test('what is owed is paid before leaving, and a signed note leaves the visit to be ended', () => {
  expect(nextActionOf(card('check-out', { due: 4800 }), mayAs('reception'))).toBe('pay')
  expect(nextActionOf(card('check-out', { due: 0 }), mayAs('reception'))).toBe('leave')
  expect(nextActionOf(card('with-doctor', { noteSignedAt: 'x' }), mayAs('doctor'))).toBe('done')
  expect(actionsOf(card('ready'), mayAs('doctor'))).toEqual(['note', 'vitals', 'room', 'done'])
  expect(actionsOf(card('ready'), mayAs('billing'))).toEqual([])
})

test('waiting is said from twenty minutes on, an expected patient is early or late', () => {
  const at = (stage: Stage, since: string) => waitOf({ stage, since }, '2026-03-02T10:00:00.000Z')
  expect(at('waiting', '2026-03-02T09:40:00.000Z')).toEqual({ minutes: 20, kind: 'fine' })
  expect(at('waiting', '2026-03-02T09:39:00.000Z')).toEqual({ minutes: 21, kind: 'long' })
  expect(at('with-nurse', '2026-03-02T09:00:00.000Z')).toEqual({ minutes: 60, kind: 'fine' })
  expect(at('expected', '2026-03-02T10:12:00.000Z')).toEqual({ minutes: 12, kind: 'early' })
  expect(at('expected', '2026-03-02T09:52:00.000Z')).toEqual({ minutes: 8, kind: 'late' })
})

test('the mean wait counts whoever is still waiting until now', () => {
  const at = (minute: string) => `2026-03-02T09:${minute}:00.000Z`
  const now = '2026-03-02T10:00:00.000Z'
  expect(meanWait([], now)).toBeNull()
  expect(
    meanWait(
      [
        { arrivedAt: at('00'), roomedAt: at('10') },
        { arrivedAt: at('40'), roomedAt: null },
        { arrivedAt: null, roomedAt: null },
      ],
      now,
    ),
  ).toBe(15)
})

test('three letters find today’s visit in any script, by any part of the name, by number', () => {
  const amina = card('expected', { name: 'Amina Haddad' })
  const joao = card('waiting', { name: 'João Pereira', queueNumber: 7 })
  const huda = card('check-out', { name: 'هدى حداد' })
  const li = card('expected', { name: '李 小龙' })
  const all = [huda, joao, amina, li]
  expect(findToday(all, 'had')).toEqual([amina])
  expect(findToday(all, 'HAD ami')).toEqual([amina])
  expect(findToday(all, 'joa')).toEqual([joao])
  expect(findToday(all, '7')).toEqual([joao])
  expect(findToday(all, 'حدا')).toEqual([huda])
  expect(findToday(all, '李')).toEqual([li])
  expect(findToday(all, amina.recordNumber ?? '')).toEqual([amina])
  expect(findToday(all, 'ddad')).toEqual([])
  expect(findToday(all, '  ')).toEqual([])
})

test('arrows move within a column and skip columns without cards', () => {
  const [e1, e2, r1] = [card('expected', { since: '1' }), card('expected', { since: '2' }), card('ready')]
  const all = [e2, r1, e1]
  expect(inColumn(all, 'expected')).toEqual([e1, e2])
  expect(step(all, null, 'down')).toBe(e1.appointmentId)
  expect(step(all, e1.appointmentId, 'down')).toBe(e2.appointmentId)
  expect(step(all, e2.appointmentId, 'down')).toBe(e2.appointmentId)
  expect(step(all, e2.appointmentId, 'after')).toBe(r1.appointmentId)
  expect(step(all, r1.appointmentId, 'before')).toBe(e1.appointmentId)
  expect(step(all, e1.appointmentId, 'before')).toBe(e1.appointmentId)
  expect(step([], null, 'down')).toBeNull()
})

test('the next patient of a doctor is an own one, else whoever has waited longest', () => {
  const [first, second] = [card('ready', { since: '1' }), card('ready', { since: '2' })]
  expect(nextReady([second, first])).toBe(first)
  expect(nextReady([first, { ...second, mine: true }])?.appointmentId).toBe(second.appointmentId)
  expect(nextReady([card('waiting')])).toBeNull()
})

test('a phone number is old after two years', () => {
  const now = '2026-03-02T10:00:00.000Z'
  expect(isPhoneOld({ phoneSince: '2024-03-01T09:00:00.000Z' }, now)).toBe(true)
  expect(isPhoneOld({ phoneSince: '2024-03-03T09:00:00.000Z' }, now)).toBe(false)
  expect(isPhoneOld({ phoneSince: null }, now)).toBe(false)
})
