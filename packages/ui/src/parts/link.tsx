import { createContext, use, type MouseEvent, type ReactNode } from 'react'
import { Button } from '@instructure/ui/v11_7'
import { Icon, type IconName } from './icon.tsx'

type Navigate = (href: string) => void
const NavigateContext = createContext<Navigate | null>(null)

/** How links of this package move inside the app without loading the page anew: the app gives its router's way. */
export function LinkProvider({ navigate, children }: { navigate: Navigate; children: ReactNode }) {
  return <NavigateContext value={navigate}>{children}</NavigateContext>
}

/** Moves on to another page of the app as a link there would, for what leads on by itself once something is done. */
export function useGoTo(): Navigate {
  const navigate = use(NavigateContext)
  return (href) => (navigate ? navigate(href) : window.location.assign(href))
}

type Click = Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'preventDefault'>

function useFollow(href: string): (event: Click) => void {
  const navigate = use(NavigateContext)
  return (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!navigate || !isPlain || !href.startsWith('/')) return
    event.preventDefault()
    navigate(href)
  }
}

type AppLinkProps = Readonly<{
  href: string
  children: ReactNode
  className?: string
  current?: boolean
  label?: string
  onFollow?: () => void
}>

/** A link to another page of the app, or (when it does not begin with /) to anywhere else. */
export function AppLink({ href, children, className, current = false, label, onFollow }: AppLinkProps) {
  const follow = useFollow(href)
  return (
    <a
      href={href}
      className={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={(event) => {
        onFollow?.()
        follow(event)
      }}
    >
      {children}
    </a>
  )
}

/** Primary: the one filled button of a region. Secondary: tinted. Quiet: outlined. Bad: takes something away. */
export type Weight = 'primary' | 'secondary' | 'quiet' | 'bad'

export const looks = {
  primary: { color: 'primary', withBackground: true },
  secondary: { color: 'secondary', withBackground: true },
  quiet: { color: 'primary', withBackground: false },
  bad: { color: 'danger', withBackground: false },
} as const

/** A link that looks like a button, because it is the next thing to do. */
export function ButtonLink(props: {
  href: string
  children: ReactNode
  weight?: Weight
  size?: 'small' | 'medium'
  icon?: IconName
}) {
  const { href, children, weight = 'primary', size = 'medium', icon } = props
  const follow = useFollow(href)
  return (
    <Button
      href={href}
      size={size}
      {...looks[weight]}
      {...(icon && { renderIcon: <Icon name={icon} small /> })}
      onClick={(event) => follow(event as unknown as Click)}
    >
      {children}
    </Button>
  )
}
