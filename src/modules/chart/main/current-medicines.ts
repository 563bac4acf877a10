// What a patient takes now, for clinicians outside of an open chart.
import type { Reader } from '#core/store/reader.ts'
import type { Chart } from '../shared/contract.ts'
import { rowToMedicine } from './lines.ts'
import { currentMedicines } from './queries.ts'

const most = 50

export const currentMedicinesOf = (read: Reader, patientId: string): Chart['medicines'] =>
  read.all(currentMedicines, { patientId, limit: most }).map(rowToMedicine)
