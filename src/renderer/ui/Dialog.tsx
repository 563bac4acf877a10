// A question that needs an answer before going on. Enter saves, Escape leaves, focus starts on the first field.
import { Dialog as BpDialog } from '@blueprintjs/core'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
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

export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, children, onSubmit, isBusy = false, width = 'medium' } = props
  const t = useTexts(commonTexts)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!isOpen) return
    // The overlay focuses its own frame first; the first field is the better place.
    const timer = setTimeout(() => {
      const box = form.current
      if (!box || (box.contains(document.activeElement) && document.activeElement !== box)) return
      box.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, [data-autofocus]')?.focus()
    }, 30)
    return () => clearTimeout(timer)
  }, [isOpen])
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
