// Bringing a backup back: opened and judged as a hostile file beside the clinic, shown, and only then swapped in (BAK-06).
// Whatever goes wrong before the swap is decided, the present clinic was not touched.
import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#shared/errors.ts'
import { clinicFolder } from '../clinic-folder.ts'
import { openConnection } from '../db/connection.ts'
import type { DeviceSecretStore } from '../keys/device-secret.ts'
import { type ReadKeyFile, readKeyFile, type Slot } from '../keys/key-file.ts'
import { type KeyRing, unlockKeyRingByKit } from '../keys/key-ring.ts'
import { kitPair } from '../keys/kit.ts'
import { checkOf, isSame } from '../keys/slot.ts'
import { type OpeningOptions, openWith, ringOptions } from '../opened-clinic.ts'
import type { Actor, Door } from '../rpc/context.ts'
import { createReader } from '../store/reader.ts'
import { coreTables } from '../store/tables.ts'
import { exportLedger, mergeLedgers, readLedger, writeLedger } from '../store/erasure-ledger.ts'
import { ledgerFile } from '../store/purge.ts'
import { openWatermark } from '../store/watermark.ts'
import { inspectDatabase, unpackBackupFile, type WorkOptions } from './machine.ts'
import { openLedgerCopy } from './ledger-copy.ts'
import { attachmentsFolder, entryNames, requireSignature } from './pack.ts'
import { readHeader } from './pieces.ts'
import { openWithKit, openWithRoot } from './sealing.ts'
import { auditReach, dropForeignCapture, knownSchemas } from '../db/backup-snapshot.ts'
import { decideSwap, stagingFolder } from './swap.ts'
import { BackupRefused, type BackupLabel, type Manifest } from './types.ts'
import { labelOf } from './header.ts'

/** The kit, or a key ring of this very clinic that is open already. */
export type Opener = { readonly kit: Uint8Array } | { readonly ring: KeyRing }

export interface RestoreLook {
  readonly label: BackupLabel
  readonly manifest: Manifest
  /** Audit entries on this computer that are not in the backup; `null` where the present clinic cannot be read. */
  readonly newerHere: number | null
}

export interface StagedRestore {
  readonly look: RestoreLook
  /** Swaps it in. Returns the name of the folder that keeps the former files. */
  apply(who: { readonly actor: Actor | null; readonly door: Door; readonly at: string }): Promise<string>
  discard(): void
}

export async function stageRestore(
  options: OpeningOptions,
  file: string,
  opener: Opener,
  work: WorkOptions = {},
  /** Sealed copies of the erasure ledger that lay beside the file. */
  copies: readonly Uint8Array[] = [],
): Promise<StagedRestore> {
  const { dir } = options.folder
  const into = stagingFolder(dir)
  const { header, size } = readHeader(file)
  requireSpace(dir, size)
  const fileKey = await fileKeyOf(opener, header.body)
  let ring: KeyRing | null = null
  const discard = () => {
    if (ring && 'kit' in opener) ring.wipe()
    rmSync(into, { recursive: true, force: true })
  }
  try {
    const { manifest, proof } = await unpackBackupFile({ file, into, fileKey }, work)
    const found = archivedKeyFile(into, header.body.clinicId)
    ring = ringOf(options, into, found, opener)
    requireSignature(proof, [ring.keys.device.publicKey])
    const database = generationKey(ring, manifest.generation)
    const tables = [...coreTables, ...options.modules.flatMap((module) => module.tables)]
    const known = knownSchemas({ migrations: options.migrations, tables })
    const { auditMac, device } = ring.keys
    const task = { dir: into, database, auditMac, publicKey: device.publicKey, manifest, known }
    const { captureIsOwn } = await inspectDatabase(task, work)
    const present = presentState(options, ring)
    const look: RestoreLook = {
      label: labelOf(header, size),
      manifest,
      newerHere: present === null ? null : Math.max(0, present - manifest.audit.seq),
    }
    const opened = ring
    return {
      look,
      discard,
      apply: async (who) => {
        if (!captureIsOwn) dropForeignCapture(path.join(into, entryNames.database), database)
        return await apply(
          { options, into, ring: opened, found, look, copies, isOwnRing: 'ring' in opener },
          who,
        )
      },
    }
  } catch (error) {
    discard()
    throw error
  } finally {
    fileKey.fill(0)
  }
}

/** The unpacked clinic, the former one, and room to work. */
function requireSpace(dir: string, size: number): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = statfsSync(dir)
  if (bavail * bsize < size * 2.2)
    throw new AppError('UNAVAILABLE', {
      reason: 'disk-space',
      needed: Math.ceil(size * 2.2),
      free: bavail * bsize,
    })
}

async function fileKeyOf(opener: Opener, body: Parameters<typeof openWithRoot>[1]): Promise<Buffer> {
  if ('ring' in opener) return openWithRoot(opener.ring.keys.backupWrap, body)
  const pair = await kitPair(opener.kit)
  try {
    return await openWithKit(pair.privateKey, body)
  } finally {
    pair.privateKey.fill(0)
  }
}

function archivedKeyFile(into: string, clinicId: string): ReadKeyFile {
  try {
    const found = readKeyFile(path.join(into, entryNames.keyFile))
    if (found?.body.clinicId === clinicId) return found
  } catch (error) {
    throw new BackupRefused('key-file-damaged', { cause: error })
  }
  throw new BackupRefused('key-file-damaged')
}

function ringOf(options: OpeningOptions, into: string, found: ReadKeyFile, opener: Opener): KeyRing {
  if ('ring' in opener) {
    if (!opener.ring.isOwn(found)) throw new BackupRefused('key-file-damaged')
    return opener.ring
  }
  let ring: KeyRing | null
  try {
    ring = unlockKeyRingByKit(
      { ...ringOptions(options), file: path.join(into, entryNames.keyFile) },
      found,
      opener.kit,
    )
  } catch (error) {
    throw new BackupRefused('key-file-damaged', { cause: error })
  }
  if (!ring) throw new BackupRefused('wrong-kit')
  return ring
}

/** A key that was destroyed since needs the kit: the backup's own key file still has it. */
function generationKey(ring: KeyRing, generation: number): Uint8Array {
  try {
    return ring.generations.keyOf(generation)
  } catch (error) {
    throw new BackupRefused('wrong-key', { cause: error })
  }
}

/** How far the audit trail of the clinic in place has come; `null` where these keys do not open it. */
function presentState(options: OpeningOptions, ring: KeyRing): number | null {
  return withFormer(options, ring, (db) => (db ? auditReach(db) : null))
}

function withFormer<T>(
  options: OpeningOptions,
  ring: KeyRing,
  run: (db: ReturnType<typeof openConnection> | null) => T,
): T {
  const file = options.folder.database
  const db = existsSync(file) ? openWithAny(file, ring) : null
  try {
    return run(db)
  } finally {
    db?.close()
  }
}

function openWithAny(file: string, ring: KeyRing): ReturnType<typeof openConnection> | null {
  for (const { generation } of ring.generations.list()) {
    try {
      const db = openConnection(file, ring.generations.keyOf(generation), 'read')
      auditReach(db)
      return db
    } catch {
      // Another clinic's, another key's, or the broken one this restore is to replace.
    }
  }
  return null
}

interface Applying {
  readonly options: OpeningOptions
  readonly into: string
  readonly ring: KeyRing
  readonly found: ReadKeyFile
  readonly look: RestoreLook
  readonly copies: readonly Uint8Array[]
  readonly isOwnRing: boolean
}

async function apply(
  { options, into, ring, found, look, copies, isOwnRing }: Applying,
  who: { readonly actor: Actor | null; readonly door: Door; readonly at: string },
): Promise<string> {
  const { dir } = options.folder
  const { label, manifest } = look
  const staged = clinicFolder(into)
  const here = presentKeyFile(options)
  const incarnation = Math.max(found.body.device.incarnation, here?.body.device.incarnation ?? 0) + 1
  const slots = isOwnRing
    ? mergedSlots(ring.slotList(), found.body.slots)
    : await slotsThatWorkHere(found.body.slots, found.body.clinicId, options.secrets)
  rmSync(`${staged.keyFile}.old`, { force: true })
  const restored = ring.restoredTo(staged.keyFile, { incarnation, slots })
  restored.generations.choose((key) => opens(staged.database, key))
  // A snapshot is no WAL database until it has been opened for writing once.
  openConnection(staged.database, restored.keys.database, 'write').close()
  mkdirSync(path.join(into, attachmentsFolder), { recursive: true, mode: 0o700 })
  anchor(path.join(into, 'watermark'), restored, manifest, options.clock())
  gatherErasures(options, into, restored, copies)
  const { modules } = options
  const opened = openWith(
    { ...options, folder: staged, ticker: undefined },
    restored,
    false,
    undefined,
    false,
  )
  try {
    const detail = `backup=${label.backupId} of=${label.at} anchor=${manifest.audit.seq} newer-here=${look.newerHere ?? 'unknown'}`
    const act = { action: 'clinic.restore', category: 'system', detail } as const
    withFormer(options, restored, (db) =>
      opened.clinic.transact({ actor: who.actor, door: who.door }, act, (ctx) => {
        const facts = { backupId: label.backupId, backupAt: label.at, former: db ? createReader(db) : null }
        opened.clinic.services.appendControl(ctx, {
          kind: 'device.restored',
          incarnation,
          backup: label.backupId,
          anchor: manifest.audit.seq,
        })
        for (const module of modules) module.afterRestore?.(opened.clinic.services)(ctx, facts)
      }),
    )
  } finally {
    await opened.close()
  }
  for (const name of ['catalogues', 'log', 'backups', 'backup-work'])
    rmSync(path.join(into, name), { recursive: true, force: true })
  return decideSwap(dir, who.at)
}

/** Whatever can be found of who was erased, beside the restored file before it is opened: its opening erases them again. */
function gatherErasures(
  options: OpeningOptions,
  into: string,
  ring: KeyRing,
  copies: readonly Uint8Array[],
): void {
  const own = withFormer(options, ring, (db) => (db ? exportLedger(db) : null))
  const beside = copies.map((copy) => openLedgerCopy(ring.keys, copy))
  const strange = beside.filter((ledger) => ledger === null).length
  if (strange > 0)
    options.log.warn('copies of the erasure ledger that this clinic has not sealed', { count: strange })
  const all = [own, readLedger(ledgerFile(options.folder.dir)), ...beside].filter((ledger) => ledger !== null)
  writeLedger(ledgerFile(into), mergeLedgers(all))
}

/** Where the present file is damaged there is nothing to go on from. */
function presentKeyFile({ folder }: OpeningOptions): ReadKeyFile | null {
  try {
    return readKeyFile(folder.keyFile)
  } catch {
    return null
  }
}

function opens(file: string, key: Uint8Array): boolean {
  try {
    openConnection(file, key, 'write').close()
    return true
  } catch {
    return false
  }
}

/** The restored file is the newest there is: without its mark the next opening would cry loss. */
function anchor(file: string, ring: KeyRing, { audit }: Manifest, now: number): void {
  const mark = openWatermark(file, ring.keys.watermarkMac)
  mark.write(
    {
      auditSeq: audit.seq,
      auditMac: Buffer.from(audit.mac, 'base64url'),
      commitSeq: 0,
      commitHash: new Uint8Array(32),
      at: now,
    },
    true,
  )
  mark.close()
}

/**
 * On the clinic's own computer people keep the slots they have. Who changed the password since signs in with the one of
 * the backup's time, so that slot comes back beside; nobody who was removed gets theirs back.
 */
function mergedSlots(own: readonly Slot[], archived: readonly Slot[]): Slot[] {
  const ids = new Set(own.map((slot) => slot.id))
  const people = new Set(own.flatMap((slot) => (slot.kind === 'password' ? [slot.userId] : [])))
  const back = archived.filter(
    (slot) => slot.kind === 'password' && people.has(slot.userId) && !ids.has(slot.id),
  )
  return [...own, ...back]
}

/** Kit slots, slots without a keychain, and those whose half is in the keychain of this computer. */
async function slotsThatWorkHere(
  slots: readonly Slot[],
  clinicId: string,
  secrets: DeviceSecretStore,
): Promise<Slot[]> {
  const secret = await secrets.read(clinicId).catch(() => null)
  const works = (slot: Slot) =>
    slot.backend === 'none' ||
    (secret !== null &&
      slot.backend === secrets.backend &&
      slot.deviceCheck !== null &&
      isSame(slot.deviceCheck, checkOf(secret)))
  const kept = slots.filter(works)
  secret?.fill(0)
  return kept
}
