import { orderTodos, type CohortHome, type Todo } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import type { MeetingSeen } from '@copractice/core/meeting'
import { findSpace, listFacilitators, listPlaces } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { pageOfMeetings } from '@copractice/store/meeting'
import { listPromptDrafts, pageOfPosts, pageOfPrompts } from '@copractice/store/practice'
import { listReviewTodos } from '../review/index.ts'
import { enterSpace, type Entered } from './enter-space.ts'

const MEETINGS_SHOWN = 60
const POSTS_SHOWN = 20

/** Everything the home page shows, in as many queries for a cohort of fifteen as for one of five. */
export async function showHome(db: Db, session: SpaceSession, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  const [space, meetings, prompts, facilitators, drafts, reviewTodos] = await Promise.all([
    findSpace(db, here),
    pageOfMeetings(db, here, here.personId, { limit: MEETINGS_SHOWN }),
    pageOfPrompts(db, here, { openBy: now, limit: 1 }),
    listFacilitators(db, here),
    listPromptDrafts(db, here, here.cohortId),
    listReviewTodos(db, session.actor, here.cohortId, now),
  ])
  const nextMeeting = meetings.items.find(({ endsAt }) => endsAt > now) ?? null
  const prompt = prompts.items[0]
  const [ring, posts] = await Promise.all([
    listPlaces(db, here, nextMeeting?.id ?? null),
    prompt ? pageOfPosts(db, here, here.personId, { promptId: prompt.id, limit: POSTS_SHOWN }) : null,
  ])

  const { name, theme, timeZone, submissionDeadline, seats } = space!
  const home: CohortHome = {
    cohort: { id: here.cohortId, name, theme, timeZone },
    nextMeeting,
    meetings: meetings.items,
    submissionDeadline,
    prompt: prompt && posts ? { ...prompt, posts } : null,
    todos: orderTodos([...reviewTodos, ...meetingTodos(here, nextMeeting), ...drafts.map(draftTodo)]),
    seats: { ...seats, ring },
    facilitators,
  }
  return ok(home)
}

/** Whoever has not said whether they come is asked about the next meeting, one at a time. */
function meetingTodos({ access }: Entered, next: MeetingSeen | null): Todo[] {
  if (!next || next.myAnswer || !access.answerMeetings) return []
  return [{ kind: 'answer_meeting', meetingId: next.id, title: next.title, dueAt: next.startsAt }]
}

function draftTodo({
  promptId,
  promptText,
  savedAt,
  body,
}: Awaited<ReturnType<typeof listPromptDrafts>>[number]): Todo {
  const words = body.split(/\s+/).filter(Boolean).length
  return { kind: 'finish_draft', promptId, promptText, savedAt, words, dueAt: null }
}
