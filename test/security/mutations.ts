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
    file: 'src/main/core/store/audit.ts',
    find: '|| !timingSafeEqual(should, mac)) {',
    replace: '|| (timingSafeEqual(should, mac) && false)) {',
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
]
