// What a second person has agreed to, done by one press of whoever asked: the same act with the same input, by the same way
// as ever. Only for acts whose contract keeps the input; the others are done where they were asked for.
import { federation } from '#modules/federation/shared/contract.ts'
import type { NewCode } from '#modules/people/renderer/api.ts'
import { people } from '#modules/people/shared/contract.ts'
import { session } from '#modules/session/shared/contract.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Contract } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { showToast } from '#ui/toast.ts'
import { accessTexts } from './i18n.ts'

const contracts: readonly Contract[] = [people, session, federation]

export interface DoItNowProps {
  /** `module.procedure`. */
  readonly procedure: string
  /** As JSON. */
  readonly input: string
  readonly onCode: (code: NewCode) => void
  readonly onError: (error: ApiError) => void
}

export function DoItNow(props: DoItNowProps) {
  const [module, name = ''] = props.procedure.split('.')
  const contract = contracts.find((each) => each.module === module)
  return contract && Object.hasOwn(contract.procedures, name) ? (
    <Act {...props} contract={contract} name={name} />
  ) : null
}

interface ActProps extends DoItNowProps {
  readonly contract: Contract
  readonly name: string
}

function Act({ contract, name, input, onCode, onError }: ActProps) {
  const t = useTexts(accessTexts)
  const act = useAct(contract, name as never, {
    onError,
    onDone: (output) => {
      if (isCode(output)) onCode(output)
      else showToast({ text: t('approvals.done') })
    },
  })
  return (
    <Button intent="primary" loading={act.isPending} onClick={() => act.start(JSON.parse(input) as never)}>
      {t('approvals.now')}
    </Button>
  )
}

const isCode = (output: unknown): output is NewCode =>
  typeof output === 'object' && output !== null && 'code' in output && 'expiresAt' in output
