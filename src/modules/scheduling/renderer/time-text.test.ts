import { expect, test } from 'vitest'
import { parseTime, timeText } from './time-text.ts'

test.each([
  ['9', 540],
  ['09:30', 570],
  ['930', 570],
  ['21.15', 1275],
  ['24:00', 1440],
  ['٩:٣٠', 570],
])('%s', (text, minutes) => {
  expect(parseTime(text)).toBe(minutes)
})

test.each(['', '25', '9:60', '24:01', 'noon', '9:3'])('%s is no time', (text) => {
  expect(parseTime(text)).toBeNull()
})

test('written and read again', () => {
  for (let minutes = 0; minutes <= 1440; minutes += 5) expect(parseTime(timeText(minutes))).toBe(minutes)
})
