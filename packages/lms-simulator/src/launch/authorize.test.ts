import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '../options.ts'
import { openCampus, sampleCourse, type Campus } from '../testing/campus.ts'
import { askForToken, openLaunch } from '../testing/fake-tool.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership'

describe.each<Profile>(['canvas', 'moodle'])('a launch from %s', (profile) => {
  let campus: Campus
  beforeAll(async () => {
    campus = await openCampus(profile)
  })
  afterAll(() => campus.close())
  const open = (query: Record<string, string> = {}) =>
    openLaunch(campus.sim, { course: 'cep-610', link: 'willow', person: campus.learner, ...query })

  it('ends with an id token that verifies against the key set', async () => {
    const { action, fields, status } = await askForToken(campus.sim, campus.tool, await open(), {
      nonce: 'n-1',
      state: 's-1',
    })
    expect({ status, action, state: fields.state }).toEqual({
      status: 200,
      action: campus.tool.registration.launchUrl,
      state: 's-1',
    })
    const keys = createRemoteJWKSet(new URL(campus.sim.endpoints.jwks))
    const { payload } = await jwtVerify(fields.id_token ?? '', keys, {
      issuer: campus.sim.issuer,
      audience: campus.ids.clientId,
    })
    expect(payload).toMatchObject({
      nonce: 'n-1',
      sub: campus.learner,
      [`${LTI}/deployment_id`]: campus.ids.deploymentId,
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(profile === 'canvas' ? 3600 : 60)
  })

  it('names the target it named at login', async () => {
    const login = await open()
    const { fields } = await askForToken(campus.sim, campus.tool, login)
    expect(decodeJwt(fields.id_token ?? '')[`${LTI}/target_link_uri`]).toBe(login.get('target_link_uri'))
  })

  it('fills known variables and leaves unknown ones standing', async () => {
    const { fields } = await askForToken(campus.sim, campus.tool, await open())
    expect(decodeJwt(fields.id_token ?? '')[`${LTI}/custom`]).toEqual({
      cohort: 'willow',
      history: '',
      odd: '$Nobody.knows',
    })
  })

  it('refuses a redirect URI that is not registered exactly, on its own page', async () => {
    const answer = await askForToken(campus.sim, campus.tool, await open(), {
      redirect_uri: `${campus.tool.registration.launchUrl}/`,
    })
    expect(answer.status).toBe(profile === 'canvas' ? 400 : 404)
    expect(answer.fields).toEqual({})
  })

  it.each([
    ['scope', 'openid email'],
    ['response_type', 'code'],
    ['response_mode', 'query'],
    ['response_mode', undefined],
    ['prompt', 'login'],
    ['nonce', undefined],
    ['login_hint', 'somebody-else'],
    ['client_id', 'another'],
    ['lti_message_hint', 'forged'],
  ])('refuses %s = %s', async (name, value) => {
    const { fields, status } = await askForToken(campus.sim, campus.tool, await open(), { [name]: value })
    expect(fields.id_token).toBeUndefined()
    expect(status === 200 ? fields.error : status).toBeTruthy()
  })

  it('takes a message hint once', async () => {
    const login = await open()
    await askForToken(campus.sim, campus.tool, login)
    const again = await askForToken(campus.sim, campus.tool, login)
    expect(again.fields.id_token).toBeUndefined()
    expect(profile === 'canvas' ? again.fields.error : again.status).toBe(
      profile === 'canvas' ? 'launch_no_longer_valid' : 404,
    )
  })

  it('refuses when somebody else is signed in', async () => {
    const { port } = new URL(campus.sim.url)
    const headers = { Cookie: `lms_${profile}_${port}=${campus.teacher}` }
    const { fields } = await askForToken(campus.sim, campus.tool, await open(), {}, headers)
    expect(fields.error).toBe(profile === 'canvas' ? 'login_required' : 'access_denied')
  })

  it('lets a hook spoil the next token, and only that one', async () => {
    campus.sim.onIdToken(({ claims, how }) => ({
      claims: { ...claims, nonce: 'another' },
      how: { ...how, kid: 'unknown' },
    }))
    const spoilt = await askForToken(campus.sim, campus.tool, await open(), { nonce: 'right' })
    const next = await askForToken(campus.sim, campus.tool, await open(), { nonce: 'right' })
    expect(decodeJwt(spoilt.fields.id_token ?? '').nonce).toBe('another')
    expect(decodeJwt(next.fields.id_token ?? '').nonce).toBe('right')
  })

  it('signs whatever a test asks for', async () => {
    const none = await campus.sim.signIdToken({ sub: undefined }, { alg: 'none' })
    expect(none.endsWith('.')).toBe(true)
    expect(decodeJwt(none)).not.toHaveProperty('sub')
    const secret = await campus.sim.signIdToken({}, { alg: 'HS256', key: 'public key as secret', kid: null })
    expect(JSON.parse(atob(secret.split('.')[0] ?? ''))).toEqual({ typ: 'JWT', alg: 'HS256' })
  })

  it('rotates its key with the old one kept, or gone at once', async () => {
    const kids = async () => {
      const set = (await (await fetch(campus.sim.endpoints.jwks)).json()) as { keys: { kid: string }[] }
      return set.keys.map(({ kid }) => kid)
    }
    const [first] = await kids()
    await campus.sim.rotateKeys({ overlap: true })
    expect(await kids()).toContain(first)
    await campus.sim.rotateKeys({ overlap: false })
    expect(await kids()).toHaveLength(1)
    expect(await kids()).not.toContain(first)
  })
})

describe('what only Canvas does', () => {
  it('starts by redirect, offers storage, and shares the context id with the course navigation link', async () => {
    const campus = await openCampus('canvas')
    const { sim } = campus
    const response = await fetch(`${sim.url}/launch?course=cep-610&link=willow`, { redirect: 'manual' })
    expect(response.status).toBe(302)
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('lti_storage_target')).toBe(
      'post_message_forwarding',
    )
    expect(sim.contextId('cep-610')).toMatch(/^[0-9a-f]{40}$/)
    expect(sim.resourceLinkId('cep-610', 'willow')).toBe(sim.contextId('cep-610'))
    expect(sim.resourceLinkId('cep-610', 'round')).not.toBe(sim.contextId('cep-610'))
    expect(campus.ids.deploymentId).toMatch(/^7:[0-9a-f]{40}$/)
    expect(campus.ids.clientId).toBe('10000000000002')
    await campus.close()
  })

  it('names observers and test students', async () => {
    const course = sampleCourse('canvas')
    const [someone] = course.people
    if (someone === undefined) throw new Error('nobody')
    course.people.push(
      { ...someone, id: 'observer-1', role: 'observer', observes: [someone.id] },
      { ...someone, id: 'test-1', role: 'test_student' },
    )
    const campus = await openCampus('canvas', { courses: [course] })
    expect(campus.sim.idTokenClaims({ person: 'observer-1' })).toMatchObject({
      [`${LTI}/role_scope_mentor`]: [someone.id],
    })
    expect(campus.sim.idTokenClaims({ person: 'test-1' })[`${LTI}/roles`]).toContain(
      'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
    )
    await campus.close()
  })
})

describe('what only Moodle does', () => {
  let campus: Campus
  beforeAll(async () => {
    campus = await openCampus('moodle')
  })
  afterAll(() => campus.close())

  it('starts by a form that posts itself and says nothing of storage', async () => {
    const login = await openLaunch(campus.sim, { course: 'cep-610', link: 'willow', person: campus.learner })
    expect(login.has('lti_storage_target')).toBe(false)
    expect(JSON.parse(login.get('lti_message_hint') ?? '')).toHaveProperty('launchid')
  })

  it('deals small whole numbers, a short context type and no picture', () => {
    const claims = campus.sim.idTokenClaims()
    expect(claims).toMatchObject({
      [`${LTI}/context`]: { id: expect.stringMatching(/^\d+$/), type: ['CourseSection'] },
    })
    expect(claims).not.toHaveProperty('picture')
    expect(campus.ids.deploymentId).toBe('1')
  })

  it('calls a teaching assistant an instructor at launch', () => {
    expect(campus.sim.idTokenClaims({ person: '14' })[`${LTI}/roles`]).toEqual([`${MEMBERSHIP}#Instructor`])
  })

  it('tells a missing response_mode to the tool and shows a 404 page for a missing nonce', async () => {
    const open = () => openLaunch(campus.sim, { course: 'cep-610', link: 'willow', person: campus.learner })
    const mode = await askForToken(campus.sim, campus.tool, await open(), { response_mode: undefined })
    expect(mode.fields).toMatchObject({ error: 'invalid_request', error_description: 'Missing response_mode' })
    expect((await askForToken(campus.sim, campus.tool, await open(), { nonce: undefined })).status).toBe(404)
  })
})
