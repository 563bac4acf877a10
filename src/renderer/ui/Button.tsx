// Buttons: one primary per screen, the key for the action shown on it.
import { Button as BpButton, type ButtonProps as BpButtonProps, Tooltip } from '@blueprintjs/core'
import type { ReactElement, ReactNode, Ref } from 'react'
import { Kbd } from './Kbd.tsx'
import { ariaKeys } from './platform.ts'

export interface ButtonProps {
  readonly children?: ReactNode
  /** `primary`: the one thing to do here · `danger`: takes something away. */
  readonly intent?: 'none' | 'primary' | 'danger'
  readonly variant?: 'outlined' | 'minimal'
  /** Shown on the button, e.g. `Mod+Enter`; registering the key is the screen's part (useShortcuts). */
  readonly kbd?: string | undefined
  readonly icon?: ReactElement | undefined
  readonly endIcon?: ReactElement | undefined
  readonly onClick?: ((event: React.MouseEvent<HTMLElement>) => void) | undefined
  readonly type?: 'button' | 'submit'
  readonly disabled?: boolean | undefined
  readonly loading?: boolean | undefined
  readonly small?: boolean
  readonly fill?: boolean
  readonly autoFocus?: boolean
  readonly label?: string | undefined
  readonly pressed?: boolean
  readonly className?: string
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly testId?: string
}

export function Button(props: ButtonProps) {
  const {
    children,
    intent = 'none',
    variant = 'outlined',
    kbd,
    icon,
    endIcon,
    pressed,
    label,
    testId,
  } = props
  const classes = ['os-btn', `os-btn-${intent}`, `os-btn-${variant}`]
  if (props.className) classes.push(props.className)
  const optional: Partial<BpButtonProps> & Record<string, unknown> = {}
  if (props.onClick) optional.onClick = props.onClick
  if (icon) optional.icon = icon
  if (props.buttonRef) optional.ref = props.buttonRef
  if (label) optional['aria-label'] = label
  if (pressed !== undefined) optional['aria-pressed'] = pressed
  if (kbd) optional['aria-keyshortcuts'] = ariaKeys(kbd)
  if (testId) optional['data-testid'] = testId
  const end =
    kbd || endIcon ? (
      <>
        {kbd ? <Kbd keys={kbd} /> : null}
        {endIcon}
      </>
    ) : null
  if (end) optional.endIcon = end
  return (
    <BpButton
      {...optional}
      className={classes.join(' ')}
      type={props.type ?? 'button'}
      disabled={props.disabled ?? false}
      loading={props.loading ?? false}
      size={props.small ? 'small' : 'medium'}
      fill={props.fill ?? false}
      autoFocus={props.autoFocus ?? false}
      text={children}
    />
  )
}

export interface IconButtonProps {
  readonly icon: ReactElement
  /** Read aloud and shown on hover. */
  readonly label: string
  readonly kbd?: string
  readonly onClick?: ((event: React.MouseEvent<HTMLElement>) => void) | undefined
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly intent?: 'none' | 'danger'
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly className?: string
}

export function IconButton({ icon, label, kbd, className, ...rest }: IconButtonProps) {
  const tip = (
    <span className="os-tip">
      {label} {kbd ? <Kbd keys={kbd} /> : null}
    </span>
  )
  return (
    <Tooltip content={tip} hoverOpenDelay={400} minimal placement="bottom">
      <Button
        {...rest}
        icon={icon}
        label={label}
        variant="minimal"
        className={`os-icon-btn ${className ?? ''}`}
      />
    </Tooltip>
  )
}
