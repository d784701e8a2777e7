import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useUiWords } from '../words/create-i18n.ts'
import {
  daysBetween,
  deviceZone,
  isSameClock,
  spellClock,
  spellDate,
  spellRange,
  spellWhole,
  spellWeekday,
  zoneName,
} from './spell-time.ts'

const ZoneContext = createContext<string | null>(null)

/** The reader's zone: their own setting, or this device's. */
export function ZoneProvider({ zone, children }: { zone: string | null; children: ReactNode }) {
  return <ZoneContext value={zone}>{children}</ZoneContext>
}

export function useReaderZone(): string {
  const zone = use(ZoneContext)
  return zone ?? deviceZone()
}

/** Now, refreshed each `everyMs`, so that "starts in 25 minutes" stays true. */
export function useNow(everyMs = 30_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

const LocaleContext = createContext<string | null>(null)

/** The language of the reader's LMS (BCP 47). Dates that stand alone are spelt in it, also while our words are in another. */
export function DateLocaleProvider({ locale, children }: { locale: string | null; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>
}

/** The LMS's language where our words are in another one; undefined where one language serves both. */
function useOtherLocale(): string | undefined {
  const locale = use(LocaleContext)
  const { i18n } = useTranslation()
  const isSame = !locale || new Intl.Locale(locale).language === new Intl.Locale(i18n.language).language
  return isSame ? undefined : locale
}

export type TimeSpeller = Readonly<{
  date: (at: Date, zone?: string) => string
  /** With "Today, ", "Tomorrow, " or "Yesterday, " where it is one. */
  day: (at: Date, zone?: string) => string
  clock: (at: Date, zone?: string) => string
  range: (from: Date, until: Date, zone?: string) => string
  dateTime: (at: Date, zone?: string) => string
  /** Short, for what has been: "today 8:05 am", "Monday 7:40 pm" within the week, then the date. In the middle of a sentence. */
  moment: (at: Date) => string
  zone: (zone: string, at: Date) => string
}>

/** The reader's way of spelling times, in their language and, unless told another, their zone. */
export function useTimes(): TimeSpeller {
  const say = useUiWords()
  const { i18n } = useTranslation()
  const readerZone = useReaderZone()
  const locale = i18n.language
  return useMemo(() => {
    const date = (at: Date, zone = readerZone) => spellDate(at, zone, locale, new Date())
    const clock = (at: Date, zone = readerZone) => spellClock(at, zone, locale)
    return {
      date,
      clock,
      day: (at, zone = readerZone) => {
        const days = daysBetween(new Date(), at, zone)
        const key = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : null
        return key ? say(key, { date: date(at, zone) }) : date(at, zone)
      },
      range: (from, until, zone = readerZone) =>
        spellRange(from, until, zone, locale, (start, end) => say('range', { from: start, to: end })),
      dateTime: (at, zone = readerZone) => say('dateTime', { date: date(at, zone), time: clock(at, zone) }),
      moment: (at) => {
        const days = daysBetween(new Date(), at, readerZone)
        const time = clock(at)
        if (days === 0) return say('momentToday', { time })
        if (days === -1) return say('momentYesterday', { time })
        if (days < 0 && days > -7) return say('moment', { day: spellWeekday(at, readerZone, locale), time })
        return date(at)
      },
      zone: (zone, at) => zoneName(zone, locale, at),
    }
  }, [say, locale, readerZone])
}

/** One instant in the reader's zone, with the zone it was set in beside it where the clocks differ. */
export function TimeText({ at, setIn }: { at: Date; setIn?: string }) {
  const say = useUiWords()
  const times = useTimes()
  const zone = useReaderZone()
  const isElsewhere = setIn !== undefined && !isSameClock(at, zone, setIn)
  const other = useOtherLocale()
  return (
    <>
      <time dateTime={at.toISOString()} lang={other}>
        {other ? spellWhole(at, at, zone, other) : `${times.dateTime(at)} ${times.zone(zone, at)}`}
      </time>
      {isElsewhere && (
        <span className="muted">
          {' '}
          ({say('otherTime', { time: times.dateTime(at, setIn), zone: times.zone(setIn, at) })})
        </span>
      )}
    </>
  )
}

/** A span such as a meeting, in two lines: the reader's zone, then where it was set, if the clocks differ. */
export function TimeSpan({ from, minutes, setIn, note }: { from: Date; minutes: number; setIn: string; note: string }) {
  const say = useUiWords()
  const times = useTimes()
  const zone = useReaderZone()
  const until = new Date(from.getTime() + minutes * 60_000)
  const other = useOtherLocale()
  return (
    <>
      <time dateTime={from.toISOString()}>
        <strong lang={other}>
          {other ? spellWhole(from, until, zone, other) : `${times.day(from)}, ${times.range(from, until)}`}
        </strong>{' '}
        {say('yourTime', { zone: times.zone(zone, from) })}
      </time>
      {!isSameClock(from, zone, setIn) && (
        <>
          <br />
          <span className="small">
            {say('otherTime', { time: times.range(from, until, setIn), zone: times.zone(setIn, from) })}
            {note}
          </span>
        </>
      )}
    </>
  )
}
