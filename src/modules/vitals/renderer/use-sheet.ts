// What is typed on the sheet and what it means: one reading a sign, BMI from two of them, the intake to save.
import { useMemo, useState } from 'react'
import type { Intake, Sheet } from '../shared/contract.ts'
import { heightOf } from '../shared/last-values.ts'
import { ageAt } from '../shared/ranges.ts'
import { bodyMass, impossibleBody, type Reading, readTyped, type Taken, usualUnit } from '../shared/rules.ts'
import { type SignKey, signKeys, signs } from '../shared/signs.ts'
import type { UnitCode } from '../shared/units.ts'

/** Heads are measured in the first years of life. */
const headUntilMonths = 36
const fullyGrownYears = 21

export type AllergyAnswer = 'not-asked' | 'checked' | 'none-known'

export function useSheet(sheet: Sheet, saidAtDesk: string | null) {
  const [typed, setTyped] = useState<{ readonly [K in SignKey]?: string }>({})
  const [chosen, setChosen] = useState<{ readonly [K in SignKey]?: UnitCode }>({})
  const [left, setLeft] = useState<ReadonlySet<SignKey>>(new Set())
  const [reason, setReason] = useState(sheet.reason ?? saidAtDesk ?? '')
  const [allergies, setAllergies] = useState<AllergyAnswer>('not-asked')
  const age = ageAt(sheet.birthDate, sheet.today)
  const unitOf = (sign: SignKey) => chosen[sign] ?? usualUnit(sign, sheet.country)
  const readingOf = (sign: SignKey): Reading => readTyped(sign, typed[sign] ?? '', unitOf(sign))
  const takenOf = (sign: SignKey): Taken | null => {
    const reading = readingOf(sign)
    return reading.kind === 'taken' ? reading.taken : null
  }
  const shown = useMemo(
    () =>
      signKeys.filter((k) => k !== 'head-circumference' || (age !== null && age.months < headUntilMonths)),
    [age],
  )
  const weight = takenOf('weight')
  const height = takenOf('height') ?? (age && age.years >= fullyGrownYears ? heightOf(sheet.vitals) : null)
  const taken = shown.flatMap((sign) => takenOf(sign) ?? [])
  const trimmed = reason.trim()
  const newReason = trimmed !== '' && trimmed !== (sheet.reason ?? '') ? trimmed : null
  const intake: Intake = {
    encounterId: sheet.encounterId,
    signs: taken.map((t) => ({ ...t })),
    reason: newReason,
    allergies: allergies === 'not-asked' ? null : allergies,
  }
  return {
    age,
    shown,
    typed: (sign: SignKey) => typed[sign] ?? '',
    type: (sign: SignKey, text: string) => {
      setTyped({ ...typed, [sign]: text })
      setLeft(new Set([...left].filter((other) => other !== sign)))
    },
    leave: (sign: SignKey) => setLeft(new Set([...left, sign])),
    leaveAll: () => setLeft(new Set(signKeys)),
    isLeft: (sign: SignKey) => left.has(sign),
    unitOf,
    nextUnit: (sign: SignKey) => {
      const all = signs[sign].units
      const next = all[(all.indexOf(unitOf(sign)) + 1) % all.length] ?? all[0]
      setChosen({ ...chosen, [sign]: next })
    },
    readingOf,
    bodyMass: bodyMass(weight, height, age, sheet.gender),
    impossibleBody: impossibleBody(weight, takenOf('height')),
    reason,
    setReason,
    allergies,
    setAllergies,
    intake,
    isEmpty: taken.length === 0 && newReason === null && allergies === 'not-asked',
    hasProblem: shown.some((sign) => ['unreadable', 'impossible'].includes(readingOf(sign).kind)),
  }
}

export type SheetState = ReturnType<typeof useSheet>
