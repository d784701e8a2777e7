import type { InstitutionId } from '../kernel/ids.ts'
import { freePlaces, type Places } from './register-for-convening.ts'

/** A campus with a number of places of its own: how many it has at most, holds, and waits for. */
export type CampusPlaces = Readonly<{
  institutionId: InstitutionId
  places: number
  registered: number
  waitlisted: number
}>
export type PlacesOfAll = Places & Readonly<{ campuses: readonly CampusPlaces[] }>

const roomAt = ({ places, registered }: CampusPlaces) => Math.max(0, places - registered)

/**
 * Gives places in order, each person one, while the convening and their campus have room. People of a campus that is full
 * are passed over and hold nobody else back. Tells for each whether they get one.
 */
export function dealPlaces(
  { campuses, ...places }: PlacesOfAll,
  inOrder: readonly Readonly<{ institutionId: InstitutionId }>[],
): boolean[] {
  let free = freePlaces(places)
  const room = new Map(campuses.map((campus) => [campus.institutionId, roomAt(campus)]))
  return inOrder.map(({ institutionId }) => {
    const here = room.get(institutionId) ?? Infinity
    if (free < 1 || here < 1) return false
    free--
    if (here !== Infinity) room.set(institutionId, here - 1)
    return true
  })
}

/**
 * What remains once those who wait have had theirs: a newcomer passes nobody who could take the place. Counts alone
 * decide, because places go one to each whatever the order.
 */
export function afterThoseWaiting({ campuses, ...places }: PlacesOfAll): PlacesOfAll {
  const passedOver = campuses.reduce((sum, campus) => sum + Math.max(0, campus.waitlisted - roomAt(campus)), 0)
  const taken = Math.min(places.waitlisted - passedOver, freePlaces(places))
  return {
    ...places,
    registered: places.registered + taken,
    waitlisted: places.waitlisted - taken,
    campuses: campuses.map((campus) => ({
      ...campus,
      registered: campus.registered + campus.waitlisted,
      waitlisted: 0,
    })),
  }
}

/** The status somebody of this campus gets who comes after everybody counted here. */
export function placeFor(places: PlacesOfAll, institutionId: InstitutionId): 'registered' | 'waitlisted' {
  return dealPlaces(afterThoseWaiting(places), [{ institutionId }])[0] ? 'registered' : 'waitlisted'
}
