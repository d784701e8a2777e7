import { randomUUID } from 'node:crypto'
import { decodeJwt, generateKeyPair } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Profile } from './options.ts'
import { openCampus, type Campus } from './testing/campus.ts'
import { askForToken, openLaunch, readForm } from './testing/fake-tool.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim'
const settings = z.looseObject({ deep_link_return_url: z.string(), accept_multiple: z.boolean() })

let campus: Campus
afterEach(() => campus.close())

async function choose(choice: 'navigation' | 'assignment' = 'assignment') {
  const login = await openLaunch(campus.sim, { course: 'cep-610', choose: choice, person: campus.teacher })
  const { fields } = await askForToken(campus.sim, campus.tool, login)
  const claims = decodeJwt(fields.id_token ?? '')
  return { claims, settings: settings.parse(claims[`${DL}/deep_linking_settings`]) }
}

const ITEM = {
  type: 'ltiResourceLink',
  title: 'Second round',
  custom: { round: '2' },
  lineItem: { scoreMaximum: 30, label: 'Second round: work', resourceId: 'round-2', tag: 'work' },
}

function answerClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: campus.ids.clientId,
    aud: campus.sim.issuer,
    iat: now - 1,
    exp: now + 60,
    nonce: randomUUID(),
    [`${LTI}/message_type`]: 'LtiDeepLinkingResponse',
    [`${LTI}/version`]: '1.3.0',
    [`${LTI}/deployment_id`]: campus.ids.deploymentId,
    [`${DL}/content_items`]: [ITEM],
    ...changes,
  }
}
const post = (url: string, jwt: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ JWT: jwt }) })
const titles = () => campus.sim.links('cep-610').map((link) => link.title)

describe.each<Profile>(['canvas', 'moodle'])('content chosen for %s', (profile) => {
  it('is asked for with a deep linking request to teachers only', async () => {
    campus = await openCampus(profile)
    const { claims } = await choose()
    expect(claims).toMatchObject({ [`${LTI}/message_type`]: 'LtiDeepLinkingRequest' })
    expect(claims).not.toHaveProperty(`${LTI}/resource_link`)
    const learner = await fetch(`${campus.sim.url}/launch?course=cep-610&choose=assignment&person=${campus.learner}`)
    expect(learner.status).toBe(403)
  })

  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['another deployment', { [`${LTI}/deployment_id`]: 'another' }],
    ['an answer that is over', { iat: 1_000, exp: 1_060 }],
    ['data nobody sent', { [`${DL}/data`]: 'made up' }],
    ['no nonce', { nonce: undefined }],
    ['another message', { [`${LTI}/message_type`]: 'LtiResourceLinkRequest' }],
    ['a type that was not accepted', { [`${DL}/content_items`]: [{ type: 'html', html: '<b>' }] }],
    ['points missing', { [`${DL}/content_items`]: [{ ...ITEM, lineItem: { label: 'x' } }] }],
  ])('is refused for %s', async (_what, changes) => {
    campus = await openCampus(profile)
    const { deep_link_return_url: url } = (await choose()).settings
    const before = titles()
    expect((await post(url, await campus.tool.sign(answerClaims(changes)))).status).toBe(400)
    expect(titles()).toEqual(before)
  })

  it('is refused with another key, a replayed nonce, or an altered return address', async () => {
    campus = await openCampus(profile)
    const { privateKey } = await generateKeyPair('RS256')
    const { deep_link_return_url: url } = (await choose()).settings
    expect((await post(url, await campus.tool.sign(answerClaims(), { key: privateKey }))).status).toBe(400)
    expect((await post(`${url}x`, await campus.tool.sign(answerClaims()))).status).toBe(400)
    const good = await campus.tool.sign(answerClaims())
    expect((await post(url, good)).status).toBe(200)
    expect((await post(url, good)).status).toBe(400)
    expect((await post(url, await campus.tool.sign(answerClaims()))).status).toBe(400)
    expect((await post((await choose()).settings.deep_link_return_url, good)).status).toBe(400)
  })
})

describe('what only Canvas does', () => {
  it('places an assignment at once, unpublished, named by its label', async () => {
    campus = await openCampus('canvas')
    const { settings: asked } = await choose()
    expect(asked.accept_multiple).toBe(false)
    await post(asked.deep_link_return_url, await campus.tool.sign(answerClaims()))
    const [, , link] = campus.sim.links('cep-610')
    expect(link).toMatchObject({
      title: 'Second round: work',
      kind: 'assignment',
      unpublished: true,
      custom: { round: '2' },
    })
    expect(campus.sim.gradebook('cep-610').columns.at(-1)).toMatchObject({
      scoreMaximum: 30,
      resourceId: 'round-2',
      tag: 'work',
    })
  })
})

describe('what only Moodle does', () => {
  it('waits for Save, keeps the title, and splits custom values at newlines', async () => {
    campus = await openCampus('moodle')
    const { settings: asked } = await choose()
    expect(asked.accept_multiple).toBe(true)
    const item = { ...ITEM, custom: { round: '2\nextra=3' } }
    const response = await post(
      asked.deep_link_return_url,
      await campus.tool.sign(answerClaims({ [`${DL}/content_items`]: [item, item] })),
    )
    expect(titles()).toHaveLength(2)
    const { action, fields } = readForm(await response.text())
    const headers = { Cookie: `lms_moodle_${new URL(campus.sim.url).port}=${campus.teacher}` }
    await fetch(campus.sim.url + action, { method: 'POST', headers, body: new URLSearchParams(fields) })
    expect(titles()).toEqual(['Willow cohort', 'Action plan review', 'Second round', 'Second round'])
    expect(campus.sim.links('cep-610').at(-1)?.custom).toEqual({ round: '2', extra: '3' })
  })
})
