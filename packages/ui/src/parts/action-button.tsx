import type { ReactNode } from 'react'
import { Button } from '@instructure/ui/v11_7'
import { Icon, type IconName } from './icon.tsx'
import { looks, type Weight } from './link.tsx'
import { useHandOn } from './use-way-back.ts'

type Props = Readonly<{
  children: ReactNode
  onClick?: () => void
  weight?: Weight
  size?: 'small' | 'medium'
  icon?: IconName
  type?: 'button' | 'submit'
  /** Under way: it stays focusable, says so to assistive technology, and takes no second press. Where it is said at all, a double click is one press. */
  isBusy?: boolean
  isDisabled?: boolean
  describedBy?: string
  pressed?: boolean
  expanded?: boolean
}>

export function ActionButton(props: Props) {
  const { children, onClick, weight = 'primary', size = 'medium', icon, type = 'button', isBusy = false } = props
  const handOn = useHandOn()
  return (
    <Button
      elementRef={handOn}
      type={type}
      size={size}
      {...looks[weight]}
      {...(icon && { renderIcon: <Icon name={icon} small /> })}
      interaction={props.isDisabled ? 'disabled' : 'enabled'}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={props.describedBy}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={(event) => {
        // The second click may come before the first is known to be under way.
        const isAgain = props.isBusy !== undefined && event.detail > 1
        if (isBusy || isAgain) event.preventDefault()
        else onClick?.()
      }}
    >
      {children}
    </Button>
  )
}

/** A small underlined word one can press, next to text: reply, edit. `about` says to assistive technology which one. */
export function TextButton(props: { children: ReactNode; onClick: () => void; about?: string; expanded?: boolean }) {
  const handOn = useHandOn()
  return (
    <button
      ref={handOn}
      type="button"
      className="btn btn-text small"
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      {props.children}
      {props.about && (
        // The space stands outside: at the start of a box of its own it would be left out of the button's name.
        <>
          {' '}
          <span className="vh">{props.about}</span>
        </>
      )}
    </button>
  )
}
