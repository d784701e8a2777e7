import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Profile } from '../options.ts'
import { openCampus, serviceUrls, under, type Campus } from '../testing/campus.ts'
import { MEDIA } from './scopes.ts'

const item = z.looseObject({ id: z.string(), label: z.string(), resourceLinkId: z.string().optional() })
let campus: Campus
afterEach(() => campus.close())

async function list(query = '') {
  const { lineitems } = serviceUrls(campus.sim)
  const url = query === '' ? lineitems : `${lineitems}${lineitems.includes('?') ? '&' : '?'}${query}`
  const response = await campus.call(url, { Accept: MEDIA.lineitems })
  return { link: response.headers.get('link'), items: z.array(item).parse(JSON.parse(await response.text())) }
}

describe.each<Profile>(['canvas', 'moodle'])('columns in %s', (profile) => {
  it('come with assignment links, and a launch names the only one', async () => {
    campus = await openCampus(profile)
    const { items } = await list()
    expect(items).toMatchObject([
      { label: 'Action plan review', resourceLinkId: campus.sim.resourceLinkId('cep-610', 'round') },
    ])
    expect(serviceUrls(campus.sim).lineitem).toBe(items[0]?.id)
    expect(serviceUrls(campus.sim, 'willow').lineitem).toBeUndefined()
  })

  it('are no longer named at launch once a second belongs to the link', async () => {
    campus = await openCampus(profile)
    await campus.addColumn({ resourceLinkId: campus.sim.resourceLinkId('cep-610', 'round') })
    expect(serviceUrls(campus.sim).lineitem).toBeUndefined()
  })

  it('are found by tag and resource id, changed and deleted', async () => {
    campus = await openCampus(profile)
    const id = await campus.addColumn({ tag: 'work', resourceId: 'round-1' })
    expect((await list('tag=work&resource_id=round-1')).items.map((each) => each.id)).toEqual([id])
    expect((await list('tag=reviewing')).items).toEqual([])
    const change = { method: 'PUT', body: JSON.stringify({ label: 'Work, second', scoreMaximum: 10 }) }
    const changed = await campus.call(id, { 'Content-Type': MEDIA.lineitem }, change)
    expect(JSON.parse(await changed.text())).toMatchObject({ label: 'Work, second', scoreMaximum: 10 })
    expect((await campus.call(id, {}, { method: 'DELETE' })).status).toBe(204)
    expect((await list()).items).toHaveLength(1)
  })

  it('of another course or tool are refused', async () => {
    campus = await openCampus(profile)
    const { lineitem = '' } = serviceUrls(campus.sim)
    const response = await campus.call(lineitem.replace(/(line_?items)\/\d+/, '$1/999'), { Accept: MEDIA.lineitem })
    expect(response.status).toBe(profile === 'canvas' ? 412 : 403)
  })

  it('of a placed assignment cannot be deleted', async () => {
    campus = await openCampus(profile)
    const { lineitem = '' } = serviceUrls(campus.sim)
    expect((await campus.call(lineitem, {}, { method: 'DELETE' })).status).toBe(profile === 'canvas' ? 401 : 403)
  })
})

describe('what only Moodle does', () => {
  it('refuses any other media type, and a path written behind the query', async () => {
    campus = await openCampus('moodle')
    const { lineitems, lineitem = '' } = serviceUrls(campus.sim)
    expect((await campus.call(lineitems, { Accept: 'application/json' })).status).toBe(400)
    const body = JSON.stringify({ label: 'Work', scoreMaximum: 20 })
    expect(
      (await campus.call(lineitems, { 'Content-Type': 'application/json' }, { method: 'POST', body })).status,
    ).toBe(400)
    expect(
      (await campus.call(`${lineitem}/scores`, { 'Content-Type': MEDIA.score }, { method: 'POST', body: '{}' })).status,
    ).toBe(400)
    expect((await campus.call(lineitems.replace(/\?.*/, ''), { Accept: MEDIA.lineitems })).status).toBe(400)
  })

  it('writes its Link header with curly quotes and escaped ampersands', async () => {
    campus = await openCampus('moodle')
    await campus.addColumn()
    const { link } = await list('limit=1')
    const written = Buffer.from(link ?? '', 'latin1').toString('utf8')
    expect(written).toContain('rel=“next”')
    expect(written).toContain('&amp;limit=1')
  })

  it('breaks on results with a limit', async () => {
    campus = await openCampus('moodle')
    const results = under(serviceUrls(campus.sim).lineitem ?? '', 'results')
    expect((await campus.call(`${results}&limit=5`, { Accept: MEDIA.results })).status).toBe(404)
    expect((await campus.call(results, { Accept: MEDIA.results })).status).toBe(200)
  })
})

describe('what only Canvas does', () => {
  it('pages columns by ten', async () => {
    campus = await openCampus('canvas')
    for (let index = 0; index < 11; index += 1) await campus.addColumn({ label: `Work ${index}` })
    const { items, link } = await list()
    expect(items).toHaveLength(10)
    expect(link).toContain('rel="next"')
  })
})
