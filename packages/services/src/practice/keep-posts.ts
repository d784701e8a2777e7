import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type PostId, type PromptId } from '@copractice/core/kernel'
import { decideEdit, decideRemoval, decideRestore, parentFor } from '@copractice/core/practice'
import type { Db, Trx } from '@copractice/store/database'
import {
  deleteDraft,
  findPost,
  findPrompt,
  insertPost,
  lockPost,
  pageOfPosts,
  updatePost,
} from '@copractice/store/practice'
import { enterSpace, type Entered } from '../cohort/enter-space.ts'

type Paging = Readonly<{ promptId: PromptId; after?: string | undefined; limit: number }>

/** What was said about a prompt, earliest first. */
export async function listPosts(db: Db, session: SpaceSession, { promptId, ...paging }: Paging, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!(await findPrompt(db, here, promptId, openBy(here, now)))) return refuse('prompt.unknown', {})
  return ok(await pageOfPosts(db, here, here.personId, { ...paging, promptId }))
}

type Written = Readonly<{
  promptId: PromptId
  id?: PostId | undefined
  body: string
  parentId?: PostId | undefined
}>

/**
 * Posts once, however often the same `id` is sent, and ends the draft it came from. Who only looks around is answered as a
 * stranger is.
 */
export async function writePost(db: Db, session: SpaceSession, written: Written, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!here.access.post) return refuse('cohort.unknown', {})
  const { promptId, id: chosenId, body, parentId } = written
  return db.transaction().execute(async (trx) => {
    if (!(await findPrompt(trx, here, promptId, openBy(here, now)))) return refuse('prompt.unknown', {})
    const answered = parentId && (await lockPost(trx, here, parentId))
    const isAnswerable = answered && answered.promptId === promptId && !answered.removedAt
    if (parentId && !isAnswerable) return refuse('post.parent_unknown', {})

    const parent = isAnswerable ? parentFor(answered) : null
    const post = { id: chosenId, promptId, parentId: parent, authorId: here.personId, body }
    const id = await insertPost(trx, here.networkId, post, isAnswerable ? after(answered.postedAt, now) : now)
    if (!id) return sentBefore(trx, here, chosenId!)
    await deleteDraft(trx, here, parentId ? `reply:${parentId}` : `prompt:${promptId}`)
    return ok((await findPost(trx, here, here.personId, id))!)
  })
}

/** A reply stands after what it answers, also where two servers' clocks differ. */
const after = (answered: Date, now: Date): Date => (now > answered ? now : new Date(answered.getTime() + 1))

/** An id that is taken is either the same post sent again, or somebody else's. */
async function sentBefore(trx: Trx, here: Entered, id: PostId) {
  const post = await findPost(trx, here, here.personId, id)
  return post?.isMine ? ok(post) : refuse('post.not_yours', {})
}

export function editPost(
  db: Db,
  session: SpaceSession,
  { id, body }: Readonly<{ id: PostId; body: string }>,
  now: Date,
) {
  return withOwnPost(db, session, id, async (trx, here, post) => {
    // A space that is only read any more: what was said stands, though its author may still take it back.
    if (!here.access.post) return refuse('post.unknown', {})
    const decided = decideEdit(post, here.personId)
    if (!decided.ok) return decided
    await updatePost(trx, here.networkId, id, { body, editedAt: now })
    return ok((await findPost(trx, here, here.personId, id))!)
  })
}

export function removePost(db: Db, session: SpaceSession, id: PostId, now: Date) {
  return withOwnPost(db, session, id, async (trx, here, post) => {
    const decided = decideRemoval(post, here.personId, now)
    if (!decided.ok) return decided
    const { removedAt, undoUntil } = decided.value
    await updatePost(trx, here.networkId, id, { removedAt })
    return ok({ undoUntil })
  })
}

export function restorePost(db: Db, session: SpaceSession, id: PostId, now: Date) {
  return withOwnPost(db, session, id, async (trx, here, post) => {
    const decided = decideRestore(post, here.personId, now)
    if (!decided.ok) return decided
    await updatePost(trx, here.networkId, id, { removedAt: null })
    return ok((await findPost(trx, here, here.personId, id))!)
  })
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockPost>>>

/** Enters the space and locks the post, in one transaction. Refuses `cohort.unknown`, `post.unknown`. */
async function withOwnPost<R>(
  db: Db,
  session: SpaceSession,
  id: PostId,
  act: (trx: Trx, here: Entered, post: Locked) => Promise<R>,
) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  return db.transaction().execute(async (trx) => {
    const post = await lockPost(trx, entered.value, id)
    return post ? act(trx, entered.value, post) : refuse('post.unknown', {})
  })
}

/** Who writes prompts may prepare a discussion before it opens. */
const openBy = ({ access }: Entered, now: Date): Date | undefined => (access.writePrompt ? undefined : now)
