import { useReaderZone } from '@copractice/ui'
import { useWords } from './say.ts'

const dayOf = (at: Date, zone: string) =>
  Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)) / 86_400_000

/** "Stories into principles starts in 25 minutes": minutes within the hour, hours within the day, then days. */
export function useStartsIn(): (title: string, startsAt: Date, now: Date) => string {
  const say = useWords()
  const zone = useReaderZone()
  return (title, startsAt, now) => {
    const minutes = Math.ceil((startsAt.getTime() - now.getTime()) / 60_000)
    if (minutes <= 0) return say('next.now', { title })
    if (minutes < 60) return say('next.minutes', { title, count: minutes })
    const days = dayOf(startsAt, zone) - dayOf(now, zone)
    if (days === 0) return say('next.hours', { title, count: Math.round(minutes / 60) })
    return days === 1 ? say('next.tomorrow', { title }) : say('next.days', { title, count: days })
  }
}
