// What the security centre shows, and what should be done about the keys.
import type { QueryContext } from '#core/rpc/context.ts'
import type { KeyFacts, Services } from '#core/rpc/services.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { otherKitOf } from '#modules/backups/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { UserId } from '#shared/ids.ts'
import { type KeyState, rotationDays } from '../shared/contract.ts'

const dayMs = 86_400_000

const firstEntry = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('audit_log').select('at').orderBy('seq').limit(1),
)

/** Every grant of the administrator's role there ever was: few rows, also after years. */
const adminGrants = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('role_grant')
    .innerJoin('user_account', 'user_account.id', 'role_grant.user_id')
    .select(['role_grant.user_id', 'role_grant.voided_at', 'user_account.name', 'user_account.active'])
    .where('role_grant.role', '=', 'admin'),
)

export function state(services: Services, { read, now, nowMs }: QueryContext): KeyState {
  const facts = services.keyWork.facts()
  const kit = services.keyWork.kit.current()
  const clinicSince = read.get(firstEntry, {})?.at ?? now
  const since = facts.generationSince ?? clinicSince
  const clinic = clinicOf(read)
  const names = userNames(
    read,
    facts.slots.map((slot) => slot.userId),
  )
  return {
    keychain: facts.backend,
    kit,
    database: {
      generation: facts.generation,
      since,
      older: facts.olderGenerations,
      bytes: facts.databaseBytes,
      freeBytes: facts.freeBytes,
      neededBytes: facts.neededBytes,
    },
    root: { generation: facts.root?.generation ?? 1, since: facts.root?.madeAt ?? clinicSince },
    openers: facts.slots
      .map(({ userId, backend }) => ({
        userId: userId as UserId,
        name: names.get(userId) ?? '',
        keychain: backend,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    advice: clinic.isDemo
      ? []
      : adviceOf(services, read, {
          facts,
          kitMadeAt: kit?.madeAt ?? null,
          since,
          rootSince: facts.root?.madeAt ?? clinicSince,
          nowMs,
        }),
    encryption: { cipher: 'SQLCipher 4, AES-256, HMAC-SHA-512', since: clinicSince },
    isDemo: clinic.isDemo,
  }
}

interface About {
  readonly facts: KeyFacts
  readonly kitMadeAt: string | null
  readonly since: string
  readonly rootSince: string
  readonly nowMs: number
}

function adviceOf(services: Services, read: Reader, about: About): KeyState['advice'] {
  const { facts, kitMadeAt, since, rootSince, nowMs } = about
  const advice: KeyState['advice'] = []
  if (kitMadeAt === null) advice.push({ kind: 'kit-pending', name: null, at: null })
  for (const gone of formerAdmins(services, read)) {
    // Whoever looked after the keys may have seen the kit and copied the files: a kit and a copied key file give the root
    // key, and with it every key of today's file. All three have to be newer.
    const isOlder = (at: string | null) => at !== null && gone.at > at
    if (isOlder(since) || isOlder(kitMadeAt) || isOlder(rootSince))
      advice.push({ kind: 'admin-left', ...gone })
  }
  const { kits = [] } = otherKitOf(services, read) ?? {}
  // Their old paper cannot be thrown away yet.
  if (kits.length > 0) advice.push({ kind: 'backups-other-kit', name: kits.join(', '), at: null })
  if (nowMs - Date.parse(since) > rotationDays * dayMs)
    advice.push({ kind: 'rotation-due', name: null, at: since })
  if (facts.slots.some((slot) => slot.backend === 'none'))
    advice.push({ kind: 'password-only', name: null, at: null })
  return advice
}

/** Who had the administrator's role or an active account with it, and has it no more. */
export function formerAdmins(
  services: Pick<Services, 'lastChangedAt'>,
  read: Reader,
): { name: string; at: string }[] {
  const grants = read.all(adminGrants, {})
  const present = new Set(grants.filter((g) => g.voided_at === null && g.active === 1).map((g) => g.user_id))
  const left = new Map<string, { name: string; at: string }>()
  for (const grant of grants) {
    if (present.has(grant.user_id)) continue
    const at = grant.voided_at ?? services.lastChangedAt(read, 'user_account', grant.user_id)
    const known = left.get(grant.user_id)
    if (at !== null && (!known || known.at < at)) left.set(grant.user_id, { name: grant.name, at })
  }
  return [...left.values()].toSorted((a, b) => b.at.localeCompare(a.at))
}
