// The checklist before a day is closed: each kind of loose end, green when there is none, with the way to each of them.
import { Tick, WarningSign } from '@blueprintjs/icons'
import { Link } from 'react-router'
import { errorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { showToast } from '#ui/toast.ts'
import { billing } from '../shared/contract.ts'
import type { LooseEnds } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

interface LooseEndsCardProps {
  readonly ends: LooseEnds
  readonly currency: string
}

const kinds = ['unsignedNotes', 'openVisits', 'unbilledVisits', 'openCharges'] as const

export function LooseEndsCard({ ends, currency }: LooseEndsCardProps) {
  const { t, formats } = useMoney()
  const about: Record<(typeof kinds)[number], (n: number) => string> = {
    unsignedNotes: (n) => ends.unsignedNotes[n]?.author ?? '',
    openVisits: (n) => timeOf(ends.openVisits[n]?.startedAt),
    unbilledVisits: (n) => timeOf(ends.unbilledVisits[n]?.startedAt),
    openCharges: (n) => formats.money(ends.openCharges[n]?.totalMinor ?? 0, currency),
  }
  const timeOf = (at: string | null | undefined) => (at ? formats.instant(at, 'short-date-time') : '')
  return (
    <Card title={t('ends.title')}>
      <ul className="bl-ends">
        {kinds.map((kind) => {
          const count = ends.counts[kind]
          return (
            <li key={kind} className={count === 0 ? 'bl-end-ok' : 'bl-end-open'}>
              {count === 0 ? <Tick size={14} /> : <WarningSign size={14} />}
              <div className="os-grow">
                {count === 0 ? (
                  t(`ends.${kind}.none`)
                ) : (
                  <details>
                    <summary>{t(`ends.${kind}`, { count })}</summary>
                    <ul>
                      {ends[kind].map((end, n) => (
                        <li
                          key={
                            'encounterId' in end
                              ? end.encounterId
                              : 'draftId' in end
                                ? end.draftId
                                : end.patientId
                          }
                        >
                          <Link
                            to={
                              kind === 'openCharges'
                                ? `/billing/accounts/${end.patientId}`
                                : `/patients/${end.patientId}`
                            }
                          >
                            <bdi>{end.patientName}</bdi>
                          </Link>{' '}
                          <bdi className="os-dim">{about[kind](n)}</bdi>
                          {kind === 'unbilledVisits' && 'encounterId' in end ? (
                            <ChargeVisit visit={end} />
                          ) : null}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

/** Where the kind of visit has a fee it is charged by one press; otherwise the account is the place to choose one. */
function ChargeVisit({
  visit,
}: {
  visit: Pick<LooseEnds['openVisits'][number], 'patientId' | 'encounterId'>
}) {
  const { t } = useMoney()
  const may = useMay()
  const { patientId, encounterId } = visit
  const charge = useAct(billing, 'chargeVisit', {
    onDone: ({ chargeId }) =>
      showToast(chargeId === null ? { text: t('ends.noFee'), tone: 'warn' } : { text: t('ends.charged') }),
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  if (!may('charges.C')) return null
  return (
    <>
      {' '}
      <Button
        small
        variant="minimal"
        loading={charge.isPending}
        onClick={() => charge.start({ patientId, encounterId })}
      >
        {t('ends.charge')}
      </Button>{' '}
      <Link to={`/billing/accounts/${patientId}`}>{t('account.title')}</Link>
    </>
  )
}
