import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailBox } from './mail-box.ts'
import { openCampus } from './testing/campus.ts'

describe('a simulator with a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lms-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it.each(['canvas', 'moodle'] as const)(
    'goes on where %s stopped: keys, tools, links, columns, scores, log',
    async (profile) => {
      const first = await openCampus(profile, { stateFolder: folder })
      const added = first.sim.addLink('cep-610', { title: 'Second round', kind: 'assignment', scoreMaximum: 30 })
      const url = await first.addColumn({ submissionReview: { label: 'Look at it' } })
      await first.score(url, { userId: first.learner, scoreGiven: 15, comment: 'good' })
      const keys = await (await fetch(first.sim.endpoints.jwks)).text()
      const before = {
        book: first.sim.gradebook('cep-610').cells,
        links: first.sim.links('cep-610'),
        context: first.sim.contextId('cep-610'),
      }
      await first.close()

      const second = await openCampus(profile, { stateFolder: folder })
      expect(second.sim.gradebook('cep-610').cells).toEqual(before.book)
      expect(second.sim.links('cep-610')).toEqual(before.links)
      expect(second.sim.links('cep-610').at(-1)).toEqual(added)
      expect(second.sim.contextId('cep-610')).toBe(before.context)
      expect(second.ids).toEqual(first.ids)
      expect(second.sim.tools()).toHaveLength(1)
      expect(await (await fetch(second.sim.endpoints.jwks)).text()).toBe(keys)
      expect(second.sim.log().some((entry) => entry.service === 'scores')).toBe(true)
      await second.close()
    },
  )

  it('keeps its mail', () => {
    const id = createMailBox({ stateFolder: folder }).add({ to: 'a@b.example', subject: 'Hello', text: 'Hi' })
    expect(createMailBox({ stateFolder: folder }).get(id)).toMatchObject({ subject: 'Hello' })
  })
})

describe('a tool registered again by its name', () => {
  it('keeps its ids and takes the new addresses', async () => {
    const campus = await openCampus('moodle')
    const again = campus.sim.registerTool({ ...campus.tool.registration, launchUrl: 'http://localhost:4000/launch' })
    expect(again).toEqual(campus.ids)
    const claims = campus.sim.idTokenClaims()
    expect(claims['https://purl.imsglobal.org/spec/lti/claim/target_link_uri']).toBe('http://localhost:4000/launch')
    await campus.close()
  })
})
