import { Temporal } from 'temporal-polyfill'
import type { RouteOutput } from '@copractice/core/kernel'
import type { showPublicConvening } from '@copractice/core/convening'

type Shown = RouteOutput<typeof showPublicConvening>

/** What stands on the flyer, in the order it is read. Every text is plain; `facts` with an `href` are links. */
export type Flyer = Readonly<{
  title: string
  network: string
  summary: string
  kind: string
  eyebrow: string
  facts: readonly Readonly<{ label: string; text: string; href: string | null }>[]
  description: readonly string[]
  zone: string
  days: readonly Readonly<{
    title: string
    sessions: readonly Readonly<{ title: string; facts: string; speakers: string | null }>[]
  }>[]
  /** The public page. */
  url: string
  words: Readonly<{ programme: string; join: string; how: string; code: string }>
}>

const KINDS = { gathering: 'Gathering', summer_convening: 'Summer convening', arena: 'Arena' } as const

const zoned = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
/** As on screen: no comma after the weekday, plain spaces. */
const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ').replace(/^(\p{L}+),/u, '$1')
const day = (at: Date, zone: string) =>
  plain(zoned(at, zone).toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }))
const clock = (at: Date, zone: string) =>
  plain(zoned(at, zone).toLocaleString('en-US', { hour: 'numeric', minute: '2-digit' }))
const zoneName = (at: Date, zone: string) => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** "Friday 12 February 2027, 10:00 AM to 5:00 PM", with both days where it lasts longer than one. */
function spellSpan(from: Date, until: Date, zone: string): string {
  const [first, last] = [day(from, zone), day(until, zone)]
  const end = first === last ? clock(until, zone) : `${last}, ${clock(until, zone)}`
  return `${first}, ${clock(from, zone)} to ${end}`
}

/** The flyer of what the public page shows at this moment: the same dates, places, sessions and address. */
export function composeFlyer(shown: Shown, url: string): Flyer {
  const { name, network, region, startsAt, endsAt, timeZone, place, isOnline, closesAt, capacity, sessions } = shown
  const where = [place, isOnline && 'online; those with a place get the address'].filter(Boolean).join(', or ')
  const fact = (label: string, text: string | false | null, href: string | null = null) =>
    text ? [{ label, text, href }] : []
  const isAnnounced = !startsAt || !endsAt
  const takesPeople = shown.registration === 'open' || shown.registration === 'waitlist'
  const days = Map.groupBy(sessions, (session) => day(session.startsAt, timeZone))
  const when = isAnnounced
    ? 'The dates are not set yet'
    : `${spellSpan(startsAt, endsAt, timeZone)} (${zoneName(startsAt, timeZone)})`
  return {
    title: name,
    network,
    summary: `${KINDS[shown.kind]} of ${network}, ${region}. ${when}.`,
    kind: KINDS[shown.kind],
    eyebrow: `${network} · ${region} · ${KINDS[shown.kind]}`,
    facts: [
      ...fact('When', when),
      ...fact('Where', where),
      ...fact('Hosts', shown.hosts.join(', ')),
      ...fact('Places', capacity !== null && String(capacity)),
      ...fact('Sign up until', takesPeople && closesAt && `${day(closesAt, timeZone)}, ${clock(closesAt, timeZone)}`),
      ...fact('Lead facilitator', shown.lead),
      ...fact('Questions to', shown.contactEmail, shown.contactEmail && `mailto:${shown.contactEmail}`),
      ...fact('Cost', 'Taking part is free'),
    ],
    description: shown.description
      .split(/\n+/)
      .map((paragraph) => paragraph.trim())
      .filter(Boolean),
    zone: sessions[0] ? `Times in ${zoneName(sessions[0].startsAt, timeZone)}` : '',
    days: [...days].map(([title, ofDay]) => ({
      title,
      sessions: ofDay.map((session) => ({
        title: session.title,
        facts: [
          spellSpan(session.startsAt, session.endsAt, timeZone).replace(`${title}, `, ''),
          session.kind === 'side_event' && 'side event',
          session.track,
          [session.place, session.isOnline && 'online'].filter(Boolean).join(', or '),
        ]
          .filter(Boolean)
          .join(' · '),
        speakers: session.speakers ? `With ${session.speakers.split(/\s*\n\s*/).join(', ')}` : null,
      })),
    })),
    url,
    words: {
      programme: 'Programme',
      join: takesPeople ? 'Sign up' : isAnnounced ? 'Hear when the dates are set' : 'Read more',
      how: takesPeople ? 'No account is needed. Sign up here:' : 'On this page:',
      code: `QR code of the address ${url}`,
    },
  }
}
