import { randomBytes, randomUUID } from 'node:crypto'
import type { Profile, SimulatedLink } from '../options.ts'
import type { Launch } from '../profiles/dialect.ts'

const HINT_MILLISECONDS = 5 * 60_000
/** Content being chosen: who asked, in which course, for what; one use. */
export type Choosing = { courseId: string; personId: string; clientId: string; wanted: SimulatedLink['kind'] }

/** Launches and content choices that have begun and not yet ended. Nothing here survives a restart. */
export type LaunchDesk = {
  /** Puts a launch down and answers its `lti_message_hint`. */
  begin(launch: Launch): string
  /** Picks it up, once and within five minutes. */
  take(hint: string): Launch | undefined
  beginChoosing(choosing: Choosing): string
  takeChoosing(id: string): Choosing | undefined
  peekChoosing(id: string): Choosing | undefined
}

export function openLaunchDesk(profile: Profile, now: () => Date): LaunchDesk {
  const launches = new Map<string, { launch: Launch; expires: number }>()
  const choices = new Map<string, Choosing>()
  return {
    begin(launch) {
      // Oldest first, all of one lifetime: the first that still lives ends the sweep.
      for (const [hint, { expires }] of launches) {
        if (expires >= now().getTime()) break
        launches.delete(hint)
      }
      const hint =
        profile === 'canvas'
          ? randomBytes(48).toString('base64url')
          : JSON.stringify({ cmid: launch.link?.id ?? '', launchid: `ltilaunch_${randomUUID()}` })
      launches.set(hint, { launch, expires: now().getTime() + HINT_MILLISECONDS })
      return hint
    },
    take(hint) {
      const found = launches.get(hint)
      launches.delete(hint)
      return found !== undefined && found.expires >= now().getTime() ? found.launch : undefined
    },
    beginChoosing(choosing) {
      const id = randomBytes(24).toString('base64url')
      choices.set(id, choosing)
      return id
    },
    takeChoosing(id) {
      const found = choices.get(id)
      choices.delete(id)
      return found
    },
    peekChoosing: (id) => choices.get(id),
  }
}
