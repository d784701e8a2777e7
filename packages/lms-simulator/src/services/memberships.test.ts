import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Profile, SimulatedPerson } from '../options.ts'
import { openCampus, sampleCourse, serviceUrls, type Campus } from '../testing/campus.ts'
import { MEDIA } from './scopes.ts'

const roster = z.object({ members: z.array(z.looseObject({ user_id: z.string(), roles: z.array(z.string()) })) })
let campus: Campus
afterEach(() => campus.close())

async function read(url: string, accept: string = MEDIA.memberships) {
  const response = await campus.call(url, { Accept: accept })
  const text = await response.text()
  const members = response.status === 200 ? roster.parse(JSON.parse(text)).members : []
  return { status: response.status, members, link: response.headers.get('link') }
}
const add = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`

async function open(profile: Profile, extra = 0): Promise<string> {
  const course = sampleCourse(profile)
  const [someone] = course.people
  if (someone === undefined) throw new Error('nobody')
  const more: SimulatedPerson[] = Array.from({ length: extra }, (_, index) => ({
    ...someone,
    id: String(1000 + index),
  }))
  campus = await openCampus(profile, { courses: [{ ...course, people: [...course.people, ...more] }] })
  return serviceUrls(campus.sim).memberships
}

describe('the Canvas roster', () => {
  it('comes in pages of at most 50', async () => {
    const url = await open('canvas', 60)
    const first = await read(add(url, 'limit=100'))
    expect(first.members).toHaveLength(50)
    const next = /<([^>]+)>; rel="next"/.exec(first.link ?? '')?.[1] ?? ''
    const second = await read(next)
    expect(second.members).toHaveLength(14)
    expect(second.link).toBeNull()
  })

  it('leaves out admins, and nobody has an unknown role', async () => {
    const url = await open('canvas')
    expect((await read(url)).members).toHaveLength(4)
    expect((await read(add(url, 'role=Wizard'))).members).toEqual([])
  })

  it('refuses a link of another course with 400', async () => {
    expect((await read(add(await open('canvas'), 'rlid=nonsense'))).status).toBe(400)
  })
})

describe('the Moodle roster', () => {
  it('comes whole, unless limit is sent, and the next page forgets the role', async () => {
    const url = await open('moodle', 60)
    expect((await read(url)).members).toHaveLength(64)
    const first = await read(add(url, 'limit=10&role=Learner'))
    expect(first.members).toHaveLength(10)
    const next = new URL(/<([^>]+)>; rel="next"/.exec(first.link ?? '')?.[1] ?? '')
    expect(next.searchParams.get('from')).toBe('10')
    expect(next.searchParams.has('role')).toBe(false)
  })

  it('takes the Accept header to the letter', async () => {
    const url = await open('moodle')
    expect((await read(url, 'application/json')).status).toBe(400)
    expect((await read(url, `${MEDIA.memberships}, application/json`)).status).toBe(400)
  })

  it('calls a teaching assistant a learner, in short names', async () => {
    const { members } = await read(await open('moodle'))
    expect(members.find((member) => member.user_id === '14')?.roles).toEqual(['Learner'])
    expect(members.find((member) => member.user_id === '13')?.roles).toEqual(['Instructor'])
  })

  it('refuses a link of another course, and adds messages for one of its own', async () => {
    const url = await open('moodle')
    expect((await read(add(url, 'rlid=999'))).status).toBe(403)
    const own = await read(add(url, `rlid=${campus.sim.resourceLinkId('cep-610', 'round')}`))
    expect(own.members[0]).toHaveProperty('message')
  })
})

describe('a roster that tells who has changed', () => {
  it('names an address for that, where those who left are Deleted', async () => {
    const course = sampleCourse('canvas')
    campus = await openCampus('canvas', { courses: [course], offersDifferences: true })
    const whole = await read(serviceUrls(campus.sim).memberships)
    const differences = /<([^>]+)>; rel="differences"/.exec(whole.link ?? '')?.[1] ?? ''
    expect((await read(differences)).members).toEqual([])
    const gone = course.people.find(({ role }) => role === 'learner')!
    campus.sim.changeCourse(course.id, {
      people: course.people.filter(({ id }) => id !== gone.id),
    })
    const { members, link } = await read(differences)
    expect(members).toMatchObject([{ user_id: gone.id, status: 'Deleted' }])
    expect(members[0]).not.toHaveProperty('name')
    expect(link).toContain('rel="differences"')
  })
})
