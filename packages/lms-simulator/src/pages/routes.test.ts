import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt } from 'jose'
import { createMailBox } from '../mail-box.ts'
import type { Profile } from '../options.ts'
import { openCampus, serviceUrls, type Campus } from '../testing/campus.ts'
import { askForToken, openLaunch } from '../testing/fake-tool.ts'

describe.each<Profile>(['canvas', 'moodle'])('the pages of %s', (profile) => {
  let campus: Campus
  const mail = createMailBox()
  beforeAll(async () => {
    campus = await openCampus(profile, {
      mail,
      siblings: [{ label: 'Hillside College', url: 'http://127.0.0.1:3200' }],
    })
    await campus.score(serviceUrls(campus.sim).lineitem ?? '', {
      userId: campus.other,
      scoreGiven: 15.5,
      comment: '<i>fine</i>',
    })
  })
  afterAll(() => campus.close())

  const as = (person: string) => ({ Cookie: `lms_${profile}_${new URL(campus.sim.url).port}=${person}` })
  const get = async (path: string, person = campus.learner) => {
    const response = await fetch(campus.sim.url + path, { headers: as(person), redirect: 'manual' })
    return { status: response.status, page: await response.text(), headers: response.headers }
  }
  const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(campus.sim.url + path, { method: 'POST', body: new URLSearchParams(body), headers, redirect: 'manual' })

  it('frame the tool and allow no inline script', async () => {
    const { page, headers } = await get('/courses/cep-610/links/willow')
    expect(page).toContain('src="/launch?course=cep-610&amp;link=willow"')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`frame-src 'self' ${campus.tool.url}`)
    expect(policy).toContain("script-src 'self';")
    expect(page).not.toMatch(/<script>| on\w+=/)
    expect(page.includes('post_message_forwarding')).toBe(profile === 'canvas')
  })

  it('show a teacher the gradebook, what arrived and the fault switch', async () => {
    const { page } = await get('/courses/cep-610/grades', campus.teacher)
    expect(page).toContain('15.5')
    expect(page).toContain('just arrived')
    expect(page).toContain('Score 15.5 of 20 for Daniel Oyelaran, Action plan review')
    expect(page).toContain('Make it misbehave')
    expect(page).toContain('&lt;i&gt;fine&lt;/i&gt;')
  })

  it('show a learner only their own grades', async () => {
    const own = await get('/courses/cep-610/grades')
    expect(own.page).toContain('Grades for Amara Okonjo')
    expect(own.page).not.toContain('15.5')
    expect(own.page).not.toContain('What arrived')
    expect((await get('/courses/cep-610/grades', campus.other)).page).toContain('15.5')
  })

  it('let teachers alone set faults and add links', async () => {
    expect((await post('/courses/cep-610/fault', { fault: 'busy' }, as(campus.learner))).status).toBe(403)
    expect((await get('/courses/cep-610/add')).status).toBe(403)
    await post('/courses/cep-610/add', { title: '<b>Spring</b>', kind: 'assignment', points: '30' }, as(campus.teacher))
    expect(campus.sim.links('cep-610').at(-1)).toMatchObject({
      title: '<b>Spring</b>',
      kind: 'assignment',
      scoreMaximum: 30,
    })
    expect((await get('/courses/cep-610')).page).toContain('&lt;b&gt;Spring&lt;/b&gt;')
  })

  it('set the fault that the next answers meet', async () => {
    await post('/courses/cep-610/fault', { fault: 'busy' }, as(campus.teacher))
    expect((await get('/courses/cep-610/grades', campus.teacher)).page).toContain('Too busy (429): 10 more.')
    await post('/courses/cep-610/fault', { fault: 'normal' }, as(campus.teacher))
  })

  it('change the person by a cookie of this simulator’s own name', async () => {
    const response = await post('/as', { course: 'cep-610', person: campus.teacher, back: '/courses/cep-610/people' })
    expect(response.headers.get('location')).toBe('/courses/cep-610/people')
    expect(response.headers.get('set-cookie')).toContain(
      `lms_${profile}_${new URL(campus.sim.url).port}=${campus.teacher}`,
    )
  })

  it.each(['https://evil.example/x', '//evil.example/x', '/\\evil.example'])('lead nowhere else: %s', async (back) => {
    const response = await post('/as', { course: 'cep-610', person: campus.teacher, back })
    expect(response.headers.get('location')).toBe('/')
    expect((await get('/campus?to=7')).headers.get('location')).toBe('/')
    expect((await get('/campus?to=0')).headers.get('location')).toBe('http://127.0.0.1:3200')
  })

  it('refuse forms posted from another site', async () => {
    const headers = { ...as(campus.teacher), Origin: 'https://evil.example' }
    expect((await post('/courses/cep-610/fault', { fault: 'busy' }, headers)).status).toBe(403)
  })

  it('show mail newest first and keep its HTML in a sandbox', async () => {
    const id = mail.add({
      to: 'a@b.example',
      subject: 'Your <link>',
      text: 'Open http://localhost:3000/x?a=1',
      html: '<script>x</script>',
    })
    expect((await get('/mail')).page).toContain('Your &lt;link&gt;')
    const { page } = await get(`/mail/${id}`)
    expect(page).toContain('<a href="http://localhost:3000/x?a=1">')
    expect(page).toContain('sandbox="allow-popups')
    expect(page).not.toContain('<script>x')
    expect((await get('/mail/none')).status).toBe(404)
  })

  it('open a learner’s work from the gradebook', async () => {
    const url = await campus.addColumn({
      submissionReview: { label: 'Look at the work', url: `${campus.tool.url}/work` },
    })
    await campus.score(url, { userId: campus.learner, scoreGiven: 12 })
    const column = campus.sim.gradebook('cep-610').columns.at(-1)?.id ?? ''
    const query = { course: 'cep-610', review: column, for: campus.learner, person: campus.teacher }
    const { fields } = await askForToken(campus.sim, campus.tool, await openLaunch(campus.sim, query))
    const claims = decodeJwt(fields.id_token ?? '')
    const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
    const expected = {
      canvas: { [`${LTI}/message_type`]: 'LtiResourceLinkRequest' },
      moodle: {
        [`${LTI}/message_type`]: 'LtiSubmissionReviewRequest',
        [`${LTI}/for_user`]: { user_id: campus.learner },
        [`${LTI}/target_link_uri`]: `${campus.tool.url}/work`,
        'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': { lineitem: url },
      },
    }
    expect(claims).toMatchObject(expected[profile])
    const nosy = await fetch(
      `${campus.sim.url}/launch?course=cep-610&review=${column}&for=${campus.learner}&person=${campus.other}`,
    )
    expect(nosy.status).toBe(403)
  })

  it('answer rubbish without falling over', async () => {
    for (const path of [
      '/courses/none',
      '/launch',
      '/launch?course[]=x',
      '/mod/lti/auth.php',
      '/courses/%00/grades',
      '/nothing',
    ])
      expect((await get(path)).status).toBeGreaterThanOrEqual(400)
    expect((await get('/courses/cep-610')).status).toBe(200)
  })
})
