// The support file: what the machine knows of itself, to read first and to save then.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { OutputOf } from '#shared/contract.ts'
import type { clinic } from '../shared/contract.ts'

type SupportFile = OutputOf<(typeof clinic)['procedures']['supportFile']>

export function supportFile(
  services: Pick<Services, 'supportFacts' | 'downloads'>,
  { actor, now }: CommandContext,
): SupportFile {
  const text = `${JSON.stringify(services.supportFacts(now), null, 2)}\n`
  const name = `osler-support-${now.slice(0, 10)}.json`
  const open = () => Promise.resolve(Buffer.from(text, 'utf8'))
  return { text, name, token: services.downloads.issue(actor, { type: 'application/json', name, open }) }
}
