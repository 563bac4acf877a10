// A form of one's own: Enter saves, nothing is sent by the browser, and after a refused save the first field in
// error has the focus.
import { type FormEvent, type ReactNode, useRef } from 'react'

export interface FormProps {
  readonly onSubmit: () => void
  readonly children: ReactNode
  readonly className?: string
  readonly label?: string
}

export function Form({ onSubmit, children, className = 'os-form', label }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onSubmit()
    focusFirstError(form.current)
  }
  return (
    <form
      ref={form}
      className={className}
      onSubmit={submit}
      noValidate
      {...(label ? { 'aria-label': label } : {})}
    >
      {children}
    </form>
  )
}

/** After the next paint, when the errors stand in the page. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
