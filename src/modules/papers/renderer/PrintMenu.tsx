// The button other screens put beside a paper: preview, print, save.
import { MenuItem } from '@blueprintjs/core'
import { Document, Export, Print } from '@blueprintjs/icons'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { MenuPopover } from '#ui/MenuPopover.tsx'
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
    <MenuPopover
      disabled={disabled}
      label={t('menu.label')}
      items={
        <>
          <MenuItem icon={<Document />} text={t('menu.preview')} onClick={() => acts.preview(paper)} />
          <MenuItem icon={<Print />} text={t('menu.now')} onClick={() => void acts.print(paper)} />
          <MenuItem icon={<Export />} text={t('menu.save')} onClick={() => void acts.save(paper)} />
        </>
      }
    >
      {iconOnly ? (
        <IconButton icon={<Print />} label={t('menu.print')} disabled={disabled} />
      ) : (
        <Button small={small} icon={<Print />} disabled={disabled}>
          {t('menu.print')}
        </Button>
      )}
    </MenuPopover>
  )
}
