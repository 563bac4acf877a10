// How often codes are written down here: what this person uses comes first, then what the clinic uses.
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { codeUse } from './tables.ts'

export type UseKind = 'problem' | 'substance'

/** One's own habit counts as much as that of ten others. */
const ownWeight = 10
const mostKept = 300

const useOf = preparedQuery<{ kind: string; code: string; user: string }>()((db, p) =>
  db
    .selectFrom('code_use')
    .select('uses')
    .where('kind', '=', p.kind)
    .where('code', '=', p.code)
    .where('user_id', '=', p.user),
)
export const mostUsed = preparedQuery<{ kind: string; user: string; limit: number }>()((db, p) =>
  db
    .selectFrom('code_use')
    .select('code')
    .where('kind', '=', p.kind)
    .groupBy('code')
    .orderBy(
      (eb) =>
        eb.fn.sum(
          eb
            .case()
            .when('user_id', '=', p.user)
            .then(eb('uses', '*', ownWeight))
            .else(eb.ref('uses'))
            .end(),
        ),
      'desc',
    )
    .orderBy('code')
    .limit(p.limit),
)
export const usedCodes = preparedQuery<{ kind: string }>()((db, p) =>
  db.selectFrom('code_use').select('code').distinct().where('kind', '=', p.kind),
)

export function noteCodeUse(ctx: CommandContext, kind: UseKind, code: string): void {
  const user = ctx.actor.userId
  const uses = ctx.read.get(useOf, { kind, code, user })?.uses ?? 0
  ctx.write.putLocal(codeUse, { kind, code, user_id: user, uses: uses + 1, last_used: ctx.now })
}

export function codesUsedMost(read: Reader, kind: UseKind, user: string): string[] {
  return read.all(mostUsed, { kind, user, limit: mostKept }).map((row) => row.code)
}
