// `verify-export FILE`: is an export of the audit log as the device signed it? Needs no clinic and no password.
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { checkExport, type ExportCheck } from '#modules/audit/main/api.ts'
import { print } from './terminal.ts'
import { CliError, parse, usage } from './usage.ts'

const mostBytes = 500 * 2 ** 20

const words: Record<NonNullable<ExportCheck['fault']>, string> = {
  'not-an-export': 'this is not an export of an audit log',
  'wrong-signature': 'the manifest was changed, or somebody else signed it',
  'changed-entries': 'the entries are not the ones that were signed',
}

export function verifyExportCommand(args: readonly string[]): Promise<void> {
  const { rest } = parse(args, {})
  const [file, ...more] = rest
  if (file === undefined || more.length > 0) throw new CliError(usage)
  let bytes: Uint8Array
  try {
    if (statSync(file).size > mostBytes) throw new CliError(`${file} is too large for an export`)
    bytes = readFileSync(path.resolve(file))
  } catch (error) {
    if (error instanceof CliError) throw error
    throw new CliError(`${file} cannot be read`)
  }
  const { ok, fault, manifest, keyFingerprint } = checkExport(bytes)
  const facts = manifest && {
    clinic: manifest.clinic,
    device: manifest.device,
    keyFingerprint,
    exportedAt: manifest.exportedAt,
    exportedBy: manifest.exportedBy,
    entries: manifest.entries,
    chain: manifest.chain,
  }
  if (fault) throw new CliError(words[fault], { ok, fault, ...facts })
  print({ ok, ...facts })
  return Promise.resolve()
}
