// A small clinic whose root key is renewed again and again in a process of its own, which is killed meanwhile (KEY-07, KEY-09):
// after each kill one kit opens, and nothing of any former time opens what is there.
import { existsSync, rmSync } from 'node:fs'
import { opensWith } from '#core/db/rotate-database.ts'
import { readKeyFile } from '#core/keys/key-file.ts'
import { type KeyRing, unlockKeyRingByKit } from '#core/keys/key-ring.ts'
import { openKitSlot } from '#core/keys/kit-slot.ts'
import { parseKit } from '#core/keys/kit.ts'
import { macKeyOf, openSubKeys } from '#core/keys/sub-keys.ts'
import {
  bundleChild,
  countRows,
  killRotation,
  type RotatingClinic,
  rotatingClinic,
  workOnce,
} from './rotating.ts'
import { databaseOf, openByKit, ringOptions } from './rotating-ring.ts'

/** At these the program kills itself: they are over before anybody else's signal would arrive. */
export const ownMoments = ['swapping', 'deciding', 'decided', 'finished', 'in-place'] as const
const renewalMoments = ['copying', 'encrypting', 'checking', ...ownMoments, 'between'] as const

/** What somebody holds who once had the kit and the key file of that time. */
export interface Stolen {
  readonly kit: string
  readonly root: Buffer
  readonly databaseKeys: readonly Buffer[]
}

export function steal(dir: string, kit: string): Stolen {
  const found = readKeyFile(ringOptions(dir).file)
  const parsed = parseKit(kit)
  if (!found || !parsed.ok) throw new Error('nothing to steal')
  const slot = found.body.slots.find((one) => one.kind === 'kit')
  const root = slot ? openKitSlot(found.body.clinicId, slot, parsed.secret) : null
  if (!root) throw new Error('the kit opens nothing')
  return { kit, root, databaseKeys: [...openSubKeys(root, found.body).databases.values()] }
}

/** Which of the things that somebody stole still open something in the folder; none is what is promised. */
export function whatOpens(dir: string, stolen: Stolen): string[] {
  const options = ringOptions(dir)
  const opens: string[] = []
  for (const place of [options.file, `${options.file}.old`]) {
    if (!existsSync(place)) continue
    const found = readKeyFile(place)
    const parsed = parseKit(stolen.kit)
    if (!found || !parsed.ok) throw new Error('no key file')
    const { body } = found
    if (found.isAuthentic(macKeyOf(stolen.root, body.clinicId))) opens.push(`mac of ${place}`)
    if (unlockKeyRingByKit({ ...options, file: place }, found, parsed.secret)) opens.push(`kit at ${place}`)
    try {
      openSubKeys(stolen.root, body)
      opens.push(`root key at ${place}`)
    } catch {
      // As it should be.
    }
  }
  for (const key of stolen.databaseKeys) if (opensWith(databaseOf(dir), key)) opens.push('database')
  return opens
}

export interface RenewalKills {
  /** How often it was killed at which step. */
  readonly steps: ReadonlyMap<string, number>
  /** How often the former root key stood after a kill, and how often the new one. */
  readonly former: number
  readonly renewed: number
}

/** Throws as soon as a row is missing, nothing or two kits open, or something stolen opens what is there. */
export async function killRenewals(kills: number, random: () => number): Promise<RenewalKills> {
  const clinic: { kit: string } & Omit<RotatingClinic, 'kit'> = await rotatingClinic(60)
  const program = await bundleChild('renewing-child')
  const steps = new Map<string, number>()
  let former = 0
  let renewed = 0
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const at = renewalMoments[kill % renewalMoments.length] ?? 'copying'
      const kits = [clinic.kit]
      const stolen = steal(clinic.dir, clinic.kit)
      const step = await killRotation(clinic, program, at, random() * 12, (line) => {
        if (line.startsWith('kit ')) kits.push(line.slice('kit '.length))
      })
      steps.set(step, (steps.get(step) ?? 0) + 1)
      const told = `kill ${kill} at ${step}`
      const [kit, ...more] = kits.filter((one) => doesOpen(clinic.dir, one))
      if (kit === undefined || more.length > 0)
        throw new Error(`${told}: ${more.length} kits too many, or none`)
      if (kit === clinic.kit) former += 1
      else {
        renewed += 1
        // The first look after the kill finishes what was decided.
        openByKit(clinic.dir, kit).wipe()
        const opens = whatOpens(clinic.dir, stolen)
        if (opens.length > 0) throw new Error(`${told}: ${opens.join(', ')} by what was stolen`)
      }
      clinic.kit = kit
      const rows = countRows(clinic)
      if (rows !== clinic.saved) throw new Error(`${told}: ${rows} rows of ${clinic.saved}`)
      if (kill % 10 === 0 && !(await workOnce(clinic))) throw new Error(`${told}: not whole`)
    }
    return { steps, former, renewed }
  } finally {
    rmSync(program, { force: true })
    clinic.remove()
  }
}

/** Whether this kit opens the key file as it stands; touches nothing. */
function doesOpen(dir: string, kit: string): boolean {
  const found = readKeyFile(ringOptions(dir).file)
  const parsed = parseKit(kit)
  if (!found || !parsed.ok) return false
  const ring: KeyRing | null = unlockKeyRingByKit(ringOptions(dir), found, parsed.secret)
  ring?.wipe()
  return ring !== null
}
