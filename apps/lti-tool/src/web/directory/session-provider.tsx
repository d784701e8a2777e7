import { createContext, use, useSyncExternalStore, type ReactNode } from 'react'
import { getSession, type SessionSeen } from '@copractice/core/directory'
import { useRoute, type SessionHolder, type SessionState } from '@copractice/ui'

const HolderContext = createContext<SessionHolder | null>(null)

export function SessionProvider({ holder, children }: { holder: SessionHolder; children: ReactNode }) {
  return <HolderContext value={holder}>{children}</HolderContext>
}

export function useSessionHolder(): SessionHolder {
  const holder = use(HolderContext)
  if (!holder) throw new Error('useSessionHolder needs a SessionProvider above it')
  return holder
}

export function useSessionState(): SessionState {
  const holder = useSessionHolder()
  return useSyncExternalStore(holder.subscribe, holder.state)
}

/** The session as the server sees it; asked for only while this page holds one. */
export const useSessionQuery = () => useRoute(getSession, {}, { enabled: useSessionState() === 'held' })

const SeenContext = createContext<SessionSeen | null>(null)
export const SeenProvider = SeenContext.Provider

/** Who reads and what they may do. Only inside the frame, which waits for it. */
export function useSeen(): SessionSeen {
  const seen = use(SeenContext)
  if (!seen) throw new Error('useSeen is for pages inside the frame')
  return seen
}
