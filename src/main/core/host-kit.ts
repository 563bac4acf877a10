// The gate between an opened clinic and work in it: a recovery kit has to be on paper first, when the clinic is new and
// after a kit was used (SECURITY 3.3). What it shows and asks is the same in both cases.
import { randomBytes } from 'node:crypto'
import type { KitPaperLanguage, KitSheet } from '#shared/bootstrap.ts'
import { AppError } from '#shared/errors.ts'
import { type ParsedKit, parseKit } from './keys/kit.ts'
import { kitPaper } from './keys/kit-paper.ts'
import type { OpenedClinic } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { ModuleDef } from './rpc/module.ts'
import type { Download } from './rpc/services.ts'

export interface KitGate {
  readonly why: 'set-up' | 'kit-used'
  sheet(): KitSheet
  /** The paper waits behind a token for one fetch: no session is needed, since nobody has one yet. */
  paper(language: KitPaperLanguage): Promise<{ name: string; token: string }>
  take(token: string): Download | undefined
  /** Throws WRONG_KIT where the groups are not those asked for. After it the clinic may be worked in. */
  confirm(typed: readonly string[]): Promise<void>
}

export function kitGate(opened: OpenedClinic, why: KitGate['why'], clinicName: string, door: Door): KitGate {
  const { kit, clinic } = opened
  const sheet = () => kit.waiting() ?? kit.begin()
  sheet()
  const papers = new Map<string, Download>()
  return {
    why,
    sheet,
    async paper(language) {
      const { document, name } = kitPaper({ sheet: sheet(), clinicName, language })
      const { bytes } = await clinic.services.makePdf(document)
      const token = randomBytes(32).toString('base64url')
      const open = () => Promise.resolve(bytes)
      papers.set(token, { type: 'application/pdf', name, open })
      return { name, token }
    },
    take(token) {
      const found = papers.get(token)
      papers.delete(token)
      return found
    },
    async confirm(typed) {
      const { id } = sheet()
      // After a kit was used, whoever had a slot here may be who made that necessary: all sign in anew.
      const change = await kit.confirm(typed, { withoutPeople: why === 'kit-used' })
      if (!change) throw new AppError('WRONG_KIT', { fault: 'groups' })
      try {
        const act = { action: 'kit.confirm', category: 'configuration', detail: `kit=${id} ${why}` } as const
        clinic.transact({ actor: null, door }, act, () => {})
      } catch (error) {
        change.drop()
        throw error
      }
      change.keep()
      opened.finish()
    },
  }
}

/** Written down where the administrators see it, in the act that lets the kit in. */
export function noteKitUse(opened: OpenedClinic, modules: readonly ModuleDef[], door: Door): void {
  const id = opened.kit.current()?.id ?? ''
  const act = { action: 'kit.use', category: 'system', detail: `kit=${id}` } as const
  opened.clinic.transact({ actor: null, door }, act, (ctx) => {
    for (const module of modules) module.onKitUsed?.(ctx, id)
  })
}

/** The secret, or a refusal that says which groups to look at. */
export function secretOf(typed: string): Buffer {
  const parsed: ParsedKit = parseKit(typed)
  if (parsed.ok) return parsed.secret
  throw new AppError('WRONG_KIT', {
    fault: parsed.reason,
    groups: parsed.groups.map((group) => String(group + 1)),
  })
}
