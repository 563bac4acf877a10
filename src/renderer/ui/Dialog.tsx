// A question that needs an answer before going on. Enter saves, Escape leaves, focus starts on the first field.
import { Dialog as BpDialog } from '@blueprintjs/core'
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from './Button.tsx'
import { focusFirstError } from './Form.tsx'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** With it the dialog is a form: Enter submits, `submitLabel` is the primary button. */
  readonly onSubmit?: () => void
  readonly submitLabel?: string
  readonly submitIntent?: 'primary' | 'danger'
  readonly isBusy?: boolean
  readonly canSubmit?: boolean
  /** A sentence above the buttons when the act failed. */
  readonly error?: ReactNode
  /** Replaces the standard buttons. */
  readonly actions?: ReactNode
  readonly width?: 'small' | 'medium' | 'wide'
  readonly closeLabel?: string
}

/**
 * The overlay focuses its own frame first, and one that has just closed gives the focus back to where it was; either may
 * come late on a busy computer. For half a second the first field takes it again, unless it is in a dialog already.
 */
function keepFocusOnFirstField(form: RefObject<HTMLFormElement | null>): () => void {
  let looks = 0
  const timer = setInterval(() => {
    looks += 1
    if (looks >= 16) clearInterval(timer)
    const box = form.current
    const { activeElement } = document
    if (!box || (box.contains(activeElement) && activeElement !== box)) return
    const isInAnother = activeElement?.closest('.os-dialog') && !activeElement.contains(box)
    if (isInAnother) return
    box.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, [data-autofocus]')?.focus()
  }, 30)
  return () => clearInterval(timer)
}

export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, children, onSubmit, isBusy = false, width = 'medium' } = props
  const t = useTexts(commonTexts)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => (isOpen ? keepFocusOnFirstField(form) : undefined), [isOpen])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!isBusy && props.canSubmit !== false) onSubmit?.()
    focusFirstError(form.current)
  }
  return (
    <BpDialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      className={`os-dialog os-dialog-${width}`}
      canOutsideClickClose={!onSubmit}
      isCloseButtonShown={false}
      transitionDuration={0}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <div className="os-dialog-body">{children}</div>
        <footer className="os-dialog-foot">
          {props.error ? (
            <div className="os-error os-grow" role="alert">
              {props.error}
            </div>
          ) : null}
          {props.actions ?? (
            <>
              <Button onClick={onClose} kbd="Escape">
                {props.closeLabel ?? (onSubmit ? t('act.cancel') : t('act.close'))}
              </Button>
              {onSubmit ? (
                <Button
                  type="submit"
                  intent={props.submitIntent ?? 'primary'}
                  kbd="Enter"
                  loading={isBusy}
                  disabled={props.canSubmit === false}
                >
                  {props.submitLabel ?? t('act.save')}
                </Button>
              ) : null}
            </>
          )}
        </footer>
      </form>
    </BpDialog>
  )
}
