import type { ReactNode } from 'react'
import { Pill } from '@instructure/ui/v11_7'
import type { Route, RouteOutput } from '@copractice/core/kernel'
import { isPassing, type CallProblem } from '../api/create-api.ts'
import type { Loading } from '../api/use-route.tsx'
import { useUiWords, type SayRefusal } from '../words/create-i18n.ts'
import { ActionButton } from './action-button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { useSayProblem } from './say-problem.ts'
import { useReadBefore } from './use-read-before.tsx'

export type Tone = 'ok' | 'warn' | 'bad' | 'info'
const TONE_ICON: Record<Tone, IconName> = { ok: 'check', warn: 'warn', bad: 'warn', info: 'comment' }

/** A framed message with a mark. `live` says it aloud when it appears. */
export function Notice(props: {
  tone: Tone
  icon?: IconName
  live?: boolean
  children: ReactNode
  action?: ReactNode
}) {
  const { tone, icon = TONE_ICON[tone], live = false, children, action } = props
  return (
    <div className={`alert alert-${tone}`} role={live ? 'status' : undefined}>
      <span className="alert-mark">
        <Icon name={icon} />
      </span>
      <div className="alert-body row between">
        <div>{children}</div>
        {action}
      </div>
    </div>
  )
}

/** Says in words why a part could not be shown or done, with a way to try again. The rest of the page goes on; a dialog opened anew starts without. */
export function ProblemNotice<R extends Route>(props: {
  problem: CallProblem<R>
  sayRefusal?: SayRefusal
  onRetry?: () => void
}) {
  const say = useUiWords()
  const sayProblem = useSayProblem(props.sayRefusal)
  const isReadBefore = useReadBefore(props.problem)
  const retry = props.onRetry && (
    <ActionButton weight="quiet" size="small" icon="retry" onClick={props.onRetry}>
      {say('tryAgain')}
    </ActionButton>
  )
  // What is being loaded and can be asked for again is still not there.
  if (isReadBefore && !retry) return null
  return (
    <Notice
      tone={props.problem.code === 'offline' ? 'info' : 'bad'}
      live
      action={retry}
      {...offlineIcon(props.problem)}
    >
      {sayProblem(props.problem)}
    </Notice>
  )
}

const offlineIcon = (problem: { code: string }) => (problem.code === 'offline' ? { icon: 'cloud' as const } : {})

/** Grey lines in the place of what is coming. `what` is said aloud once. */
export function LoadingLines({ what, lines = 3 }: { what: string; lines?: number }) {
  const say = useUiWords()
  return (
    <div className="lines">
      <span className="vh" role="status">
        {say('loadingPart', { what })}
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="line" aria-hidden="true" />
      ))}
    </div>
  )
}

/**
 * The three states of an asked route: grey lines, the problem with a retry, or what came. What came stays while asking again fails
 * for a reason that passes, since somebody may be writing in it, with the problem below; a refusal takes its place.
 */
export function Loaded<R extends Route>(props: {
  from: Loading<R>
  what: string
  lines?: number
  sayRefusal?: SayRefusal
  children: (value: RouteOutput<R>) => ReactNode
}) {
  const { from, what, lines, sayRefusal, children } = props
  const { data, error } = from
  if (!error && data === undefined) return <LoadingLines what={what} {...(lines !== undefined && { lines })} />
  // That the session has ended stands above every page.
  const isTold = data !== undefined && error?.problem.code === 'session.ended'
  return (
    <>
      {data !== undefined && (!error || isPassing(error.problem)) && children(data)}
      {error && !isTold && (
        <ProblemNotice
          problem={error.problem}
          onRetry={() => void from.refetch()}
          {...(sayRefusal && { sayRefusal })}
        />
      )}
    </>
  )
}

/** Never an empty page: what goes here, why, and the button that starts it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode; icon?: IconName }) {
  return (
    <div className="empty">
      {props.icon && (
        <span className="empty-mark">
          <Icon name={props.icon} />
        </span>
      )}
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.children && <p className="muted">{props.children}</p>}
      {props.action}
    </div>
  )
}

const PILL_COLOR = { ok: 'success', warn: 'warning', bad: 'error', info: 'info', plain: 'primary' } as const

/** A status as a word with an icon; colour alone never says it. */
export function StatusPill({ tone, icon, children }: { tone: Tone | 'plain'; icon?: IconName; children: ReactNode }) {
  const name = icon ?? (tone === 'plain' ? undefined : TONE_ICON[tone])
  return (
    <Pill color={PILL_COLOR[tone]} {...(name && { renderIcon: <Icon name={name} small /> })}>
      {children}
    </Pill>
  )
}
