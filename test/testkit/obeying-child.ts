// Child of the disk tests: does one line of orders at a time, so that a fault can be set exactly between two of them.
// open DIR KEYS · write N · views N · migrate FILE KEYS · close. Answers are one line each; an id is said only when it counts as saved.
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { AppError } from '#shared/errors.ts'
import { migrateDatabase } from '#core/db/migrate.ts'
import { diskTrouble } from '#core/store/disk-trouble.ts'
import type { OpenClinic } from '#core/clinic-types.ts'
import {
  laterMigrations,
  openThings,
  plainThing,
  system,
  thing,
  unpackKeys,
  writeThing,
} from './core-only.ts'

let clinic: OpenClinic | null = null
let written = 0
const say = (line: string) => writeSync(1, `${line}\n`)
/** As the host tells it to a window. */
const codeOf = (thrown: unknown) => {
  const error = diskTrouble(thrown)
  if (error instanceof AppError) return `${error.code} ${String(error.details.storage ?? '')}`
  return `OTHER ${String(thrown)}`
}

function write(count: number, words: string): void {
  if (!clinic) throw new Error('open first')
  for (let i = 0; i < count; i++) {
    try {
      say(`saved ${writeThing(clinic, `${words} ${written++}`)}`)
    } catch (error) {
      say(`refused ${codeOf(error)}`)
    }
  }
}

function view(count: number): void {
  for (let i = 0; i < count; i++) {
    try {
      clinic?.transact(system, { action: 'thing.view', category: 'system' }, () => {})
      say('viewed')
    } catch (error) {
      say(`refused ${codeOf(error)}`)
    }
  }
}

/** To the tables of today and one more: a copy, its check, the swap. */
function migrate(file: string, keys: string): void {
  migrateDatabase(file, unpackKeys(keys).database, {
    migrations: laterMigrations,
    tables: [thing, plainThing],
  })
}

async function obey(line: string): Promise<void> {
  const [order, one = '', two = ''] = line.split(' ')
  try {
    if (order === 'open') clinic = openThings(one, unpackKeys(two), false)
    else if (order === 'write') write(Number(one), two || 'words')
    else if (order === 'view') view(Number(one))
    else if (order === 'migrate') migrate(one, two)
    else if (order === 'close') await clinic?.close()
    say(`done ${order}`)
  } catch (error) {
    say(`failed ${codeOf(error)}`)
  }
}

say('ready')
for await (const line of createInterface({ input: process.stdin })) await obey(line)
