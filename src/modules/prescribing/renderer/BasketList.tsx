// What will be on the prescription, exactly as it will be signed: directions in words, quantity, refills, open warnings.
import { Cross, Edit } from '@blueprintjs/icons'
import { IconButton } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import type { BasketItem } from '../shared/shapes.ts'
import { AlertLine } from './AlertList.tsx'
import { useRxWords } from './use-rx-words.ts'
import { type DeskState, draftOfItem } from './use-desk.ts'

export function BasketList({ state }: { state: DeskState }) {
  const { t } = useRxWords()
  const { items } = state.basket
  return (
    <section className="rx-basket" aria-label={t('basket.title')}>
      <h3>{t('basket.title')}</h3>
      {items.length === 0 ? <p className="os-dim">{t('basket.empty')}</p> : null}
      <ol>
        {items.map((item) => (
          <BasketRow
            key={item.id}
            item={item}
            isEdited={state.draft.itemId === item.id}
            onEdit={() => state.write(draftOfItem(item))}
            onRemove={() => void state.remove(item)}
          />
        ))}
      </ol>
    </section>
  )
}

interface BasketRowProps {
  readonly item: BasketItem
  readonly isEdited: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function BasketRow({ item, isEdited, onEdit, onRemove }: BasketRowProps) {
  const { t, directions, quantity } = useRxWords()
  const needsReason = item.alerts.some((a) => a.tier === 'serious' && !item.reasons[a.key])
  return (
    <li className={isEdited ? 'rx-row os-on' : 'rx-row'}>
      <div className="rx-line">
        <div className="os-grow">
          <div className="rx-name">
            <bdi>{item.label}</bdi>{' '}
            {item.replaces ? (
              <Tag tone="info">
                {t(item.replaces.how === 'changed' ? 'basket.changed' : 'basket.renewed')}
              </Tag>
            ) : null}
            {item.longTerm ? <Tag>{t('taken.longTerm')}</Tag> : null}
            {needsReason ? (
              <Tag tone="bad" strong>
                {t('basket.reasonOpen')}
              </Tag>
            ) : null}
          </div>
          <div>
            {item.sig ? null : <Tag tone="warn">{t('sig.asWritten')}</Tag>}{' '}
            <bdi>{item.sig ? directions(item.sig) : item.sigText}</bdi>
          </div>
          <div className="os-dim os-sm">
            {[
              item.quantity
                ? t('basket.quantity', { quantity: quantity(item.quantity) })
                : t('script.noQuantity'),
              item.refills > 0 ? t('basket.refills', { count: item.refills }) : null,
              item.note,
              t('basket.preparedBy', { name: item.addedBy }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
        <IconButton icon={<Edit />} label={t('basket.edit', { name: item.label })} onClick={onEdit} />
        <IconButton icon={<Cross />} label={t('basket.remove', { name: item.label })} onClick={onRemove} />
      </div>
      {item.alerts.map((alert) => (
        <AlertLine key={alert.key} alert={alert} />
      ))}
    </li>
  )
}
