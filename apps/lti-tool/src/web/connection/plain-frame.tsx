import type { ReactNode } from 'react'
import { BrandMark, SkipLink, ZoneProvider } from '@copractice/ui'
import { SessionEndedBanner, SessionGate } from '../directory/session-gate.tsx'
import { useSessionQuery } from '../directory/session-provider.tsx'
import '../directory/directory.css'
import './connection.css'

/** A page for one errand inside the LMS: a choice to make, a work to read. Without the space's navigation. */
export function PlainFrame({ children }: { children: ReactNode }) {
  return (
    <SessionGate>
      <Frame>{children}</Frame>
    </SessionGate>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const session = useSessionQuery()
  return (
    <ZoneProvider zone={session.data?.person.timeZone ?? null}>
      <div className="space">
        <SkipLink />
        <header className="bar plain-bar">
          <span className="bar-home">
            <BrandMark />
            <strong>Copractice</strong>
          </span>
        </header>
        <SessionEndedBanner />
        <main className="wrap" id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </ZoneProvider>
  )
}
