import { useId, useState, type ReactNode } from 'react'
import { Icon, type IconName } from '../parts/icon.tsx'
import { AppLink } from '../parts/link.tsx'
import { useUiWords } from '../words/create-i18n.ts'
import { BrandMark } from './brand-mark.tsx'

export type NavItem = Readonly<{
  href: string
  label: string
  isCurrent: boolean
  icon?: IconName
  /** How many things wait there; none or zero shows nothing. */
  count?: number
  /** A line above it sets it apart from those before. */
  startsGroup?: boolean
}>
export type FrameHome = Readonly<{ href: string; title: string; subtitle: string }>

/** Jumps over the navigation to `<main id="main">`. First in the page. */
export function SkipLink() {
  const say = useUiWords()
  return (
    <a
      className="skip"
      href="#main"
      onClick={(event) => {
        event.preventDefault()
        document.getElementById('main')?.focus()
      }}
    >
      {say('skip')}
    </a>
  )
}

/** The bar above a space: mark and name, where one can go, and the reader at the end. One menu button when narrow. */
export function TopBar(props: { home: FrameHome; navLabel: string; items: readonly NavItem[]; end?: ReactNode }) {
  const { home, navLabel, items, end } = props
  const [isOpen, setIsOpen] = useState(false)
  const navId = useId()
  return (
    <header className="bar">
      <HomeLink home={home} />
      {items.length > 0 && (
        <>
          <MenuButton isOpen={isOpen} controls={navId} onToggle={() => setIsOpen(!isOpen)} />
          <nav className="bar-nav" id={navId} aria-label={navLabel} hidden={!isOpen}>
            <NavList items={items} onFollow={() => setIsOpen(false)} />
          </nav>
        </>
      )}
      {end && <div className="bar-end">{end}</div>}
    </header>
  )
}

/** The frame of an app with many places: navigation at the side, under one menu button when narrow. */
export function SideFrame(props: {
  home: FrameHome
  navLabel: string
  items: readonly NavItem[]
  /** Title and tools above the page. */
  top: ReactNode
  children: ReactNode
}) {
  const { home, navLabel, items, top, children } = props
  const [isOpen, setIsOpen] = useState(false)
  const navId = useId()
  return (
    <div className="admin">
      <header className="side">
        <HomeLink home={home} />
        <MenuButton isOpen={isOpen} controls={navId} onToggle={() => setIsOpen(!isOpen)} />
        <nav id={navId} aria-label={navLabel} hidden={!isOpen}>
          <NavList items={items} onFollow={() => setIsOpen(false)} />
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <div className="admin-top">{top}</div>
        <div className="admin-main">{children}</div>
      </main>
    </div>
  )
}

function HomeLink({ home }: { home: FrameHome }) {
  return (
    <AppLink className="bar-home" href={home.href}>
      <BrandMark />
      <span>
        <strong>{home.title}</strong>
        <span>{home.subtitle}</span>
      </span>
    </AppLink>
  )
}

function MenuButton(props: { isOpen: boolean; controls: string; onToggle: () => void }) {
  const say = useUiWords()
  return (
    <button
      className="btn btn-quiet btn-sm fold"
      type="button"
      aria-expanded={props.isOpen}
      aria-controls={props.controls}
      onClick={props.onToggle}
    >
      <Icon name="menu" small />
      <span>{say('menu')}</span>
    </button>
  )
}

function NavList({ items, onFollow }: { items: readonly NavItem[]; onFollow: () => void }) {
  const say = useUiWords()
  return (
    <ul className="plain">
      {items.map(({ href, label, isCurrent, icon, count, startsGroup }) => (
        <li key={href} className={startsGroup ? 'starts-group' : undefined}>
          <AppLink href={href} current={isCurrent} onFollow={onFollow}>
            {icon && <Icon name={icon} />}
            {label}
            {count ? (
              <span className="count">
                <span aria-hidden="true">{count}</span>
                <span className="vh">{say('waitingForYou', { count })}</span>
              </span>
            ) : null}
          </AppLink>
        </li>
      ))}
    </ul>
  )
}
