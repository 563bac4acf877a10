// Ways to take a defence away, and the test that must fail then. A proof that survives its defence proves nothing.
// `npm run security:mutations` does each in a copy of the clone: the test passes as things are, and fails without.

export interface Mutation {
  readonly id: string
  /** What is taken away, in words. */
  readonly what: string
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  readonly test: {
    readonly project: 'unit' | 'integration' | 'architecture'
    readonly file: string
    readonly name: string
    /** Where a test stands on what the ones before it left. */
    readonly wholeFile?: boolean
  }
}

export const mutations: readonly Mutation[] = [
  {
    id: 'AUTHZ-01',
    what: 'a role without a grant is let through',
    file: 'src/main/core/rpc/authorize.ts',
    find: "if (scope === undefined || scope === 'd') throw new AppError('FORBIDDEN')",
    replace: "if (scope === undefined || scope === 'd') return 'a'",
    test: {
      project: 'integration',
      file: 'test/integration/access-matrix.test.ts',
      name: 'every role gets exactly what the matrix says',
    },
  },
  {
    id: 'AUTHZ-03',
    what: 'nobody asks whether the patient is related to the person',
    file: 'src/main/core/rpc/authorize.ts',
    find: "if (!isRelated(relations, read, actor, patientId, now)) throw new AppError('NOT_FOUND')",
    replace: 'void isRelated(relations, read, actor, patientId, now)',
    test: {
      project: 'integration',
      file: 'test/integration/access-matrix.test.ts',
      name: 'every role gets exactly what the matrix says',
    },
  },
  {
    id: 'AUTHZ-05',
    what: 'fields that are not on a role’s list stay in the answer',
    file: 'src/main/core/rpc/field-filter.ts',
    find: 'if (!seen.includes(name)) blanks.set(name, blankOf(schema, name))',
    replace: 'if (!seen.includes(name)) blankOf(schema, name)',
    test: {
      project: 'integration',
      file: 'test/integration/access-matrix.test.ts',
      name: 'AUTHZ-05: an admin finds patients',
    },
  },
  {
    id: 'AUTHZ-06',
    what: 'the version a person saw is not compared',
    file: 'src/main/core/store/writer.ts',
    find: "${rev === 'any' ? '' : ' and rev = ?'} returning rev`",
    replace: "${rev === 'any' ? '' : ' and ? > 0'} returning rev`",
    test: {
      project: 'integration',
      file: 'test/integration/dispatch.test.ts',
      name: 'AUTHZ-06: of 100 racing edits',
    },
  },
  {
    id: 'AUD-03',
    what: 'the MAC of an entry is computed and not compared',
    file: 'src/main/core/store/audit-check.ts',
    find: 'if (!timingSafeEqual(should, mac)) return bad(expected)',
    replace: 'void timingSafeEqual(should, mac)',
    test: { project: 'integration', file: 'test/integration/audit-chain.test.ts', name: 'AUD-03' },
  },
  {
    id: 'AUD-04',
    what: 'the database lets entries be changed',
    file: 'migrations/0001_core.ts',
    find: "sql`create trigger audit_log_no_update before update on audit_log begin select raise(abort, 'audit_log: append only'); end`,",
    replace: '',
    test: {
      project: 'integration',
      file: 'test/integration/audit-chain.test.ts',
      name: 'AUD-04: the database refuses to',
    },
  },
  {
    id: 'DB-01',
    what: 'a connection that does not sync is taken',
    file: 'src/main/core/db/connection.ts',
    find: "['synchronous', is.synchronous === 2],",
    replace: '',
    test: { project: 'unit', file: 'src/main/core/db/connection.test.ts', name: 'DB-01: a broken' },
  },
  {
    id: 'REL-04',
    what: 'the watermark is read and not compared',
    file: 'src/main/core/store/verify.ts',
    find: 'if (auditOk && commitOk) return { ok: true, missingSaves: 0 }',
    replace: 'if (auditOk || commitOk || mark) return { ok: true, missingSaves: 0 }',
    test: {
      project: 'integration',
      file: 'test/integration/kill-and-loss.test.ts',
      name: 'REL-04: a missing WAL',
    },
  },
  {
    id: 'REL-04',
    what: 'the watermark’s save is not looked for, only its entry',
    file: 'src/main/core/store/verify.ts',
    find: 'if (auditOk && commitOk) return { ok: true, missingSaves: 0 }',
    replace: 'if (auditOk) return { ok: true, missingSaves: 0 }',
    test: {
      project: 'integration',
      file: 'test/integration/kill-and-loss.test.ts',
      name: 'REL-04: a save that is gone',
    },
  },
  {
    id: 'REL-05',
    what: 'a repeated act is not recognised',
    file: 'src/main/core/rpc/dispatch.ts',
    find: 'if (repeated) {',
    replace: 'if (repeated && rememberResult === undefined) {',
    test: {
      project: 'integration',
      file: 'test/integration/dispatch.test.ts',
      name: 'REL-05: 50 parallel sends',
    },
  },
  {
    id: 'WEB-03',
    what: 'acts of other pages are let in',
    file: 'src/main/core/http/https-door.ts',
    find: 'if (isAct && !isOwnAct(request.headers))',
    replace: 'if (isAct && !isOwnAct)',
    test: {
      project: 'integration',
      file: 'test/integration/https-door.test.ts',
      name: 'WEB-03: another site’s page cannot act',
      wholeFile: true,
    },
  },
  {
    id: 'PAR-01',
    what: 'a worker inherits the environment',
    file: 'src/main/core/isolate/spawn.ts',
    find: '{ SystemRoot: process.env.SystemRoot } : {}',
    replace: '{} : process.env',
    test: {
      project: 'unit',
      file: 'src/main/core/isolate/spawn.test.ts',
      name: 'PAR-01: a worker has no environment',
    },
  },
  {
    id: 'BAK-02',
    what: 'the device’s signature under a backup is not looked at',
    file: 'src/main/core/backup/pack.ts',
    find: "if (!holds) throw new BackupRefused('wrong-signature')",
    replace: "if (holds === undefined) throw new BackupRefused('wrong-signature')",
    test: {
      project: 'unit',
      file: 'src/main/core/backup/container.test.ts',
      name: 'BAK-02: who knows the file',
    },
  },
  {
    id: 'BAK-04',
    what: 'weekly backups are thrown away',
    file: 'src/main/core/backup/retention.ts',
    find: 'keepNewestOf(newestFirst, keeping.weekly',
    replace: 'keepNewestOf(newestFirst, 0 * keeping.weekly',
    test: { project: 'unit', file: 'src/main/core/backup/retention.test.ts', name: 'BAK-04: 14 days' },
  },
  {
    id: 'AUTH-05',
    what: 'a code may be used again',
    file: 'src/modules/session/main/totp.ts',
    find: 'if (step <= last) throw new AppError',
    replace: 'if (step < 0 * last) throw new AppError',
    test: {
      project: 'unit',
      file: 'src/modules/session/main/second-factor.test.ts',
      name: 'AUTH-05: of fifty',
    },
  },
  {
    id: 'REL-02',
    what: 'the mark is not synced before the save is said',
    file: 'src/main/core/store/watermark.ts',
    find: 'if (durable) fdatasyncSync(fd)',
    replace: 'void durable',
    test: {
      project: 'integration',
      file: 'test/integration/power-cut.test.ts',
      name: 'every save syncs the log and the mark',
    },
  },
  {
    id: 'DB-05',
    what: 'a network drive is taken',
    file: 'src/main/core/host-folder.ts',
    find: 'if (place) {',
    replace: 'if (place && host.isClosed) {',
    test: { project: 'unit', file: 'src/main/core/folder-place.test.ts', name: 'the host says where' },
  },
  {
    id: 'PRIV-05',
    what: 'a mark of erasure nobody ordered is accepted',
    file: 'src/main/core/store/erasure-orders.ts',
    find: 'return stray?.[0]?.seq ?? null',
    replace: 'return null',
    test: {
      project: 'integration',
      file: 'test/integration/purge.test.ts',
      name: 'PRIV-05: a mark that no signed order covers',
    },
  },
  {
    id: 'AUTH-11',
    what: 'a copied passkey is not noticed',
    file: 'src/modules/federation/main/passkeys.ts',
    find: '(counter > 0 || known > 0) && counter <= known',
    replace: 'counter < known && counter > known',
    test: {
      project: 'integration',
      file: 'test/integration/passkeys.test.ts',
      name: 'a copied passkey',
      wholeFile: true,
    },
  },
  {
    id: 'AUTHZ-08',
    what: 'whoever asks may agree',
    file: 'src/modules/access/main/second-person.ts',
    find: "throw new AppError('RESTRICTED', { why: 'own-request' })\n  refuseFreshCredential(ctx, row)",
    replace: 'void 0\n  void refuseFreshCredential',
    test: {
      project: 'integration',
      file: 'test/integration/second-person.test.ts',
      name: 'AUTHZ-08: the same person twice',
    },
  },
  {
    id: 'AUTHZ-09',
    what: 'nobody counts charts',
    file: 'src/modules/access/main/bulk-meter.ts',
    find: 'tally.charts.size < bulkLimits.charts',
    replace: 'tally.charts.size < 1e9',
    test: {
      project: 'integration',
      file: 'test/integration/emergency-access.test.ts',
      name: 'AUTHZ-09: a scripted run',
    },
  },
  {
    id: 'KEY-06',
    what: 'the check value of a kit is not compared',
    file: 'src/main/core/keys/kit-slot.ts',
    find: 'if (!isSame(slot.check, checkOf(kek))) return null',
    replace: 'void isSame',
    test: {
      project: 'integration',
      file: 'test/integration/key-secrecy.test.ts',
      name: 'KEY-06: 1,000 well-formed',
    },
  },
  {
    id: 'AUD-05',
    what: 'the keychain’s memory of the trail is not compared',
    file: 'src/main/core/store/anchor.ts',
    find: "if (last < seq) return { state: 'behind', entries: seq - last }",
    replace: "if (last < seq) return { state: 'holds' }",
    test: {
      project: 'integration',
      file: 'test/integration/audit-anchors.test.ts',
      name: 'AUD-05: each of the last',
    },
  },
  {
    id: 'KEY-09',
    what: 'the former key file stays beside the renewed one',
    file: 'src/main/core/keys/root-renewal.ts',
    find: 'writeKeyFile(parts.file, body, mac, true)',
    replace: 'writeKeyFile(parts.file, body, mac, false)',
    test: {
      project: 'unit',
      file: 'src/main/core/keys/root-renewal.test.ts',
      name: 'KEY-09: until it is decided nothing is written',
    },
  },
  {
    id: 'SESS-03',
    what: 'the clipboard is emptied whatever is on it',
    file: 'src/shared/copies.ts',
    find: 'if (await holds(mark)) empty()',
    replace: 'empty()',
    test: {
      project: 'unit',
      file: 'src/shared/copies.test.ts',
      name: 'SESS-03: what somebody copied elsewhere since',
    },
  },
  {
    id: 'AUD-07',
    what: 'a clock that is wrong by minutes is trusted',
    file: 'src/main/core/store/clock.ts',
    find: "if (Math.abs(shift - truth.offset) > jumpMs) return 'suspect'",
    replace: 'void jumpMs',
    test: {
      project: 'integration',
      file: 'test/integration/time-servers.test.ts',
      name: 'makes entries',
    },
  },
  {
    id: 'BAK-01',
    what: 'nobody tells of a backup that hangs',
    file: 'src/modules/backups/main/runner.ts',
    find: 'if (since !== null && ctx.now() - since >= patienceMs) tellAboutTrouble(ctx, null)',
    replace: 'void since',
    test: {
      project: 'unit',
      file: 'src/modules/backups/main/backups.test.ts',
      name: 'BAK-01: a backup that hangs',
    },
  },
  {
    id: 'PRIV-01',
    what: 'words are not escaped',
    file: 'src/modules/privacy/main/ccda/xml.ts',
    find: ".replaceAll('&', '&amp;')",
    replace: ".replaceAll('&', '&')",
    test: {
      project: 'unit',
      file: 'src/modules/privacy/main/ccda/document.test.ts',
      name: 'PRIV-01: any words at all',
    },
  },
]
