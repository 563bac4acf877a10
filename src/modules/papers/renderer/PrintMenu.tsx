// The button other screens put beside a paper: preview, print, save.
import { MenuItem, PopoverNext } from '@blueprintjs/core'
import { Document, Export, Print } from '@blueprintjs/icons'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { KeyMenu } from '#ui/KeyMenu.tsx'
import type { PaperRef } from '../shared/paper-data.ts'
import { papersTexts } from './i18n.ts'
import { usePaper } from './use-paper.ts'

export interface PrintMenuProps {
  readonly paper: PaperRef
  readonly small?: boolean
  readonly disabled?: boolean
  /** Where there is little room: the sign alone, named for those who cannot see it. */
  readonly iconOnly?: boolean
}

export function PrintMenu({ paper, small = false, disabled = false, iconOnly = false }: PrintMenuProps) {
  const t = useTexts(papersTexts)
  const acts = usePaper()
  return (
    <PopoverNext
      placement="bottom-end"
      disabled={disabled}
      content={
        <KeyMenu label={t('menu.label')}>
          <MenuItem icon={<Document />} text={t('menu.preview')} onClick={() => acts.preview(paper)} />
          <MenuItem icon={<Print />} text={t('menu.now')} onClick={() => void acts.print(paper)} />
          <MenuItem icon={<Export />} text={t('menu.save')} onClick={() => void acts.save(paper)} />
        </KeyMenu>
      }
    >
      {iconOnly ? (
        <IconButton icon={<Print />} label={t('menu.print')} disabled={disabled} />
      ) : (
        <Button small={small} icon={<Print />} disabled={disabled}>
          {t('menu.print')}
        </Button>
      )}
    </PopoverNext>
  )
}
