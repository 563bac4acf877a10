// The original is shown as it came: only white space changes.
import { expect, test } from 'vitest'
import { indentJson } from './json-text.ts'

test('objects and lists are indented, empty ones stay together', () => {
  expect(indentJson('{"a":[1,{"b":null}],"c":{},"d":[ ]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  )
})

test('digits, escapes and doubled keys stay as they came', () => {
  const json = '{"v":7.40,"v":1e-7,"s":"a\\"{b},[c]: \\\\"}'
  expect(indentJson(json)).toBe('{\n  "v": 7.40,\n  "v": 1e-7,\n  "s": "a\\"{b},[c]: \\\\"\n}')
})

test('white space inside strings is kept, outside it is made anew', () => {
  expect(indentJson('{ "a" :\n "x  y" }')).toBe('{\n  "a": "x  y"\n}')
})

test('broken text comes out without a fault', () => {
  expect(indentJson('{"a')).toBe('{\n  "a')
  expect(indentJson('}]')).toBe('\n}\n]')
  expect(indentJson('')).toBe('')
})
