import { useEffect } from 'react'
import { useRouter } from '@tanstack/react-router'
import { LoadingLines } from '@copractice/ui'
import { useSeen } from './session-provider.tsx'
import { useWords } from './say.ts'

/** Where a launch or a sign-in arrives: goes on to the page this session opens on. */
export function StartPage() {
  const { startAt } = useSeen()
  const router = useRouter()
  const say = useWords()
  const href = startAt.page === 'round' && startAt.roundId ? `/reviews/rounds/${startAt.roundId}` : '/home'
  useEffect(() => router.history.replace(href), [router, href])
  return <LoadingLines what={say('space')} lines={6} />
}
