// Bodies of invented people: what is measured, with the numbers rounded as a nurse writes them down.
import { round } from './random.mjs'

/** Age in years, weight in kg, length in cm, head in cm: rough middles of childhood, made up for this file. */
const growth = [
  [0, 3.4, 50, 34.8],
  [0.12, 4.7, 55.5, 38],
  [0.17, 5.5, 58.3, 39.3],
  [0.33, 7, 63.8, 41.8],
  [0.5, 7.8, 67.4, 43.4],
  [0.75, 8.9, 71.8, 45.2],
  [1.05, 9.7, 76, 46.4],
  [1.5, 10.9, 82, 47.6],
  [2, 12.2, 87.5, 48.5],
  [3, 14.3, 95.8, 49.6],
  [4, 16.3, 103, 50.3],
  [5, 18.4, 110, 50.9],
  [6, 20.8, 116, 51.4],
  [8, 25.7, 128, 52.2],
  [10, 32, 138.5, 53],
  [12, 40.4, 149.5, 53.8],
  [14, 51, 162, 54.6],
  [16, 60, 171, 55.3],
  [18, 65.5, 174.5, 55.8],
]

export function grownAt(years) {
  const last = growth[growth.length - 1]
  if (years >= last[0]) return { weight: last[1], height: last[2], head: last[3] }
  const above = growth.findIndex((row) => row[0] > years)
  const [a, b] = [growth[above - 1], growth[above]]
  const part = (years - a[0]) / (b[0] - a[0])
  const at = (column) => a[column] + (b[column] - a[column]) * part
  return { weight: at(1), height: at(2), head: at(3) }
}

/** Resting values by age; what a person's own body adds is in `body`. */
export function restingFor(years) {
  if (years < 1) return { hr: 132, rr: 36, sys: 86, dia: 52 }
  if (years < 3) return { hr: 112, rr: 28, sys: 92, dia: 56 }
  if (years < 6) return { hr: 98, rr: 24, sys: 96, dia: 58 }
  if (years < 12) return { hr: 88, rr: 20, sys: 104, dia: 64 }
  if (years < 18) return { hr: 76, rr: 16, sys: 113, dia: 69 }
  if (years < 45) return { hr: 72, rr: 14, sys: 120, dia: 76 }
  if (years < 65) return { hr: 73, rr: 15, sys: 127, dia: 79 }
  return { hr: 74, rr: 16, sys: 133, dia: 77 }
}

/** Weight and height of a body at an age. Adults have their own; children grow along their own share of the middle. */
export function sizeOf(body, years) {
  if (years >= 18) return { weight: body.weight, height: body.height }
  const middle = grownAt(years)
  const share = body.share ?? 1
  return { weight: middle.weight * share, height: middle.height * (1 + (share - 1) / 3), head: middle.head }
}

export const bmiOf = (weight, height) => round(weight / (height / 100) ** 2, 1)
