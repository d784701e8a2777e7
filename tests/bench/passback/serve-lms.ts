import { startLmsSimulator, type Fault, type LogEntry } from '@copractice/lms-simulator'
import { COURSE, type Lms, type LmsAnswer, type LmsAsked } from './wire.ts'

/** An LMS in a process of its own, with as many learners as the first argument says. */
const learners = Number(process.argv[2])
const person = (index: number) => ({
  id: String(index),
  name: `Person ${index}`,
  givenName: 'Person',
  familyName: String(index),
  email: `${index}@x.example`,
  role: 'learner' as const,
})
const lms = await startLmsSimulator({
  profile: 'canvas',
  name: 'Riverside State',
  port: 0,
  courses: [
    {
      id: COURSE,
      title: 'CEP 610',
      label: 'CEP 610',
      term: 'T',
      people: Array.from({ length: learners }, (_, index) => person(index)),
      links: [{ id: 'space', title: 'Space', kind: 'navigation' }],
    },
  ],
})
const tell = (answer: LmsAnswer) => process.send!(answer)

/** The log keeps the last entries only: looked at often enough to see every token request. */
const seen = new Set<string>()
const look = () => {
  const of = (entry: LogEntry) => entry.service === 'token'
  const counts = new Map<string, number>()
  for (const { at } of lms.log().filter(of)) {
    const count = (counts.get(at) ?? 0) + 1
    counts.set(at, count)
    seen.add(`${at} ${count}`)
  }
}
setInterval(look, 500)

process.on('message', (asked: LmsAsked) => {
  switch (asked.ask) {
    case 'register': {
      const tool = lms.registerTool({
        name: 'Copractice',
        loginUrl: `${asked.url}/lti/login`,
        launchUrl: `${asked.url}/lti/launch`,
        jwksUrl: `${asked.url}/lti/jwks.json`,
        domain: new URL(asked.url).host,
      })
      const ags = lms.idTokenClaims()['https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'] as { lineitems: string }
      tell({ ...tool, lineItems: ags.lineitems })
      return
    }
    case 'misbehave': {
      const { milliseconds: lateMilliseconds, oneIn } = asked
      const fault = { count: 1_000_000, service: 'scores', lateMilliseconds, oneIn } as const
      // In turn: a fault of its own, an answer lost after the score was applied, a line cut before.
      const kinds: readonly Fault['kind'][] = ['error', 'reset_after', 'reset_before']
      let turn = 0
      const next = () => lms.setFault({ ...fault, kind: kinds[turn++ % kinds.length] as 'error' })
      next()
      setInterval(next, 700)
      tell({ done: true })
      return
    }
    case 'gradebook':
      look()
      tell({ gradebook: lms.gradebook(COURSE), tokenRequests: seen.size })
  }
})
process.on('disconnect', () => process.exit())

const { authorization, token, jwks } = lms.endpoints
tell({ issuer: lms.issuer, endpoints: { authorization, token, jwks } } satisfies Lms)
