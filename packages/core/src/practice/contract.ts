import * as z from 'zod'
import { PersonSeen } from '../directory/person-seen.ts'
import { PostId, PromptId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'

/** Plain text, line breaks kept; shown as text, never as HTML. */
const Body = z.string().trim().min(1).max(20_000)

/** A post as one person sees it. A removed post stays, without words or author, while replies hang on it. */
export const PostSeen = z.object({
  id: PostId,
  /** Replies are one level deep: a reply to a reply hangs on the same post. */
  parentId: PostId.nullable(),
  author: PersonSeen.nullable(),
  body: z.string().nullable(),
  postedAt: Instant,
  editedAt: Instant.nullable(),
  removedAt: Instant.nullable(),
  isMine: z.boolean(),
})
export type PostSeen = z.infer<typeof PostSeen>

export const PromptSeen = z.object({ id: PromptId, text: z.string(), author: PersonSeen, opensAt: Instant })
export type PromptSeen = z.infer<typeof PromptSeen>

/** Newest first; those that open later only for people who may write prompts. */
export const listPrompts = route({
  method: 'GET',
  path: '/api/prompts',
  query: PageQuery,
  response: page(PromptSeen),
  refusals: ['cohort.unknown'],
})

export const writePrompt = route({
  method: 'POST',
  path: '/api/prompts',
  body: z.object({ text: z.string().trim().min(1).max(2000), opensAt: Instant.optional() }),
  response: PromptSeen,
  refusals: ['cohort.unknown', 'prompt.not_allowed'],
})

/** Earliest first, replies among them: a reply always comes after what it answers. */
export const listPosts = route({
  method: 'GET',
  path: '/api/prompts/:id/posts',
  params: z.object({ id: PromptId }),
  query: PageQuery,
  response: page(PostSeen),
  refusals: ['cohort.unknown', 'prompt.unknown'],
})

/**
 * `id` is made by the page, so that sending again after a broken connection posts once. Posting ends the draft it came
 * from (`prompt:ID`, or `reply:PARENT`).
 */
export const WritePost = z.object({ id: PostId.optional(), body: Body, parentId: PostId.optional() })
export const writePost = route({
  method: 'POST',
  path: '/api/prompts/:id/posts',
  params: z.object({ id: PromptId }),
  body: WritePost,
  response: PostSeen,
  refusals: ['cohort.unknown', 'prompt.unknown', 'post.parent_unknown', 'post.not_yours'],
})

const One = z.object({ id: PostId })

export const editPost = route({
  method: 'PATCH',
  path: '/api/posts/:id',
  params: One,
  body: z.object({ body: Body }),
  response: PostSeen,
  refusals: ['cohort.unknown', 'post.unknown', 'post.not_yours', 'post.removed'],
})

/** Can be taken back until `undoUntil` with `restorePost`. */
export const removePost = route({
  method: 'DELETE',
  path: '/api/posts/:id',
  params: One,
  response: z.object({ undoUntil: Instant }),
  refusals: ['cohort.unknown', 'post.unknown', 'post.not_yours'],
})

export const restorePost = route({
  method: 'POST',
  path: '/api/posts/:id/restore',
  params: One,
  response: PostSeen,
  refusals: ['cohort.unknown', 'post.unknown', 'post.not_yours', 'post.undo_over'],
})

/** What a draft is for: `prompt:ID`, `reply:POST_ID`, `post:ID` (an edit), or another slice's own word and id. */
export const DraftSubject = z.string().regex(/^[a-z_]{1,30}:[0-9a-f-]{36}$/, 'names a kind and an id')
export const Draft = z.object({ body: z.string(), savedAt: Instant })
export type Draft = z.infer<typeof Draft>

/** The person's own draft; nobody else can read it. */
export const getDraft = route({
  method: 'GET',
  path: '/api/drafts/:subject',
  params: z.object({ subject: DraftSubject }),
  response: z.object({ draft: Draft.nullable() }),
})

/**
 * Saves as one types. `basedOn` is the `savedAt` last seen, null when there was no draft; an empty body ends the draft
 * (`savedAt` null). `draft.changed_elsewhere` has facts `{ mine: { body }, theirs: { body, savedAt } }` (ISO text):
 * send again with `basedOn: theirs.savedAt` to keep one's own.
 */
export const saveDraft = route({
  method: 'PUT',
  path: '/api/drafts/:subject',
  params: z.object({ subject: DraftSubject }),
  body: z.object({ body: z.string().max(50_000), basedOn: Instant.nullable() }),
  response: z.object({ savedAt: Instant.nullable() }),
  refusals: ['draft.changed_elsewhere'],
})
