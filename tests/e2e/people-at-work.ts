import {
  HILLSIDE_LEARNERS,
  PARTNERS,
  RIVERSIDE_LEARNERS,
  RIVERSIDE_OTHERS,
  RIVERSIDE_INSTRUCTOR,
} from '../../apps/demo/src/seed/people.ts'
import { launch, visitWith, type Visit } from '../../apps/demo/src/seed/visit.ts'
import { CANVAS, MOODLE, TOOL } from './addresses.ts'

/** One review as it was sent: percent of the rubric's points. */
export type Sent = Readonly<{ reviewer: string; author: string; percent: number }>

/**
 * Fifteen people of the cohort, each through a launch or a mailed link of their own, who do by the same routes as the web what
 * the journey does not show: seven and one of Riverside, five of Hillside, two partners. And Riverside's instructor.
 */
export async function gather(): Promise<{ instructor: Visit; members: ReadonlyMap<string, Visit> }> {
  const fromCanvas = (person: string) => launch(TOOL, CANVAS, { course: 'cep-610', link: 'willow', person })
  const members = new Map<string, Visit>()
  const [sofia] = RIVERSIDE_OTHERS
  for (const { name, lmsId } of [...RIVERSIDE_LEARNERS, sofia]) members.set(name, await fromCanvas(lmsId!))
  for (const { name, lmsId } of HILLSIDE_LEARNERS)
    members.set(name, await launch(TOOL, MOODLE, { course: 'edu-455', link: 'willow', person: lmsId! }))
  for (const { name, email } of PARTNERS) members.set(name, await byMail(email))
  await members
    .get(sofia.name)!
    .call('POST', '/api/cohort/join')
    .catch((error: unknown) => {
      if (!String(error).includes('cohort.already_in')) throw error
    })
  return { instructor: await fromCanvas(RIVERSIDE_INSTRUCTOR.lmsId!), members }
}

async function byMail(email: string): Promise<Visit> {
  const anybody = visitWith(TOOL, '')
  await anybody.call('POST', '/api/sign-in/request', { email })
  for (let look = 0; look < 60; look++) {
    const list = await (await fetch(`${CANVAS}/mail`)).text()
    const newest = new RegExp(`href="(/mail/[^"]+)"[^>]*>[^]*?To ${email}`).exec(list.slice(list.indexOf('<h1>')))
    const mail = newest ? await (await fetch(CANVAS + newest[1]!)).text() : ''
    const token = new RegExp(`${TOOL}/sign-in#([\\w-]+)`).exec(mail)?.[1]
    if (token) {
      const session = await anybody.call<{ token: string }>('POST', '/api/sign-in/verify', { token })
      return visitWith(TOOL, session.token)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`No mail with a link came to ${email}`)
}

export async function handIn(visit: Visit, roundId: string, body: string): Promise<void> {
  await visit.call('PUT', `/api/rounds/${roundId}/submission`, { body, basedOn: null })
  await visit.call('POST', `/api/rounds/${roundId}/submission/hand-in`)
}

type Listed = Readonly<{
  items: readonly Readonly<{ assignmentId: string; roundId: string; filedAt: string | null }>[]
}>
type Page = Readonly<{
  author: { name: string }
  rubric: { criteria: { id: string; commentRequired: boolean; levels: { points: number }[] }[] }
}>

/** Sends every review somebody has left in the round; which levels they choose depends on who they are and which review it is. */
export async function sendReviews(
  visit: Visit,
  who: { name: string; place: number },
  roundId: string,
): Promise<Sent[]> {
  const { items } = await visit.call<Listed>('GET', '/api/reviews?limit=50')
  const sent: Sent[] = []
  for (const [nth, { assignmentId }] of items.filter((item) => item.roundId === roundId && !item.filedAt).entries()) {
    const { author, rubric } = await visit.call<Page>('GET', `/api/reviews/${assignmentId}`)
    const marks = rubric.criteria.map(({ id, levels }, criterion) => ({
      criterionId: id,
      points: levels[(who.place + nth + criterion * ((who.place + nth) % 3)) % levels.length]!.points,
      comment: `What the partner says in their own words would help here, thinks ${who.name}.`,
    }))
    const body = { marks, comment: '', passages: [], basedOn: null }
    await visit.call('POST', `/api/reviews/${assignmentId}/file`, body)
    const most = rubric.criteria.reduce((sum, { levels }) => sum + Math.max(...levels.map(({ points }) => points)), 0)
    const percent = (100 * marks.reduce((sum, { points }) => sum + points, 0)) / most
    sent.push({ reviewer: who.name, author: author.name, percent })
  }
  return sent
}
