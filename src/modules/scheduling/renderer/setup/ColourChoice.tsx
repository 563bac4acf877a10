// Colours by name: each theme paints them itself, and the name is said beside the patch.
import { useId } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { colours } from '#modules/scheduling/shared/contract.ts'
import type { VisitTone } from '../grid/grid-types.ts'
import { schedulingTexts } from '../i18n.ts'

export function ColourMark({ colour }: { colour: VisitTone }) {
  return <i className={`sc-mark sc-tone-${colour}`} aria-hidden="true" />
}

export function ColourChoice({
  value,
  onChange,
}: {
  value: VisitTone
  onChange: (colour: VisitTone) => void
}) {
  const t = useTexts(schedulingTexts)
  const id = useId()
  return (
    <fieldset className="os-field os-fieldset">
      <legend className="os-label">{t('word.colour')}</legend>
      <div className="sc-colours">
        {colours.map((colour) => (
          <label key={colour} className={colour === value ? 'sc-colour os-on' : 'sc-colour'}>
            <input type="radio" name={id} checked={colour === value} onChange={() => onChange(colour)} />
            <ColourMark colour={colour} />
            {t(`colour.${colour}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
