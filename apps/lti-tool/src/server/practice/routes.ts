import type { Router } from 'express'
import {
  editPost,
  getDraft,
  listPosts,
  listPrompts,
  removePost,
  restorePost,
  saveDraft,
  writePost,
  writePrompt,
} from '@copractice/core/practice'
import { routesFor, type StatusOf } from '@copractice/http'
import * as practice from '@copractice/services/practice'
import type { Db } from '@copractice/store/database'
import { sessionContext } from '../session-context.ts'

export type PracticeDeps = Readonly<{ db: Db; clock: () => Date }>

const LIST: StatusOf<typeof listPosts> = { 'cohort.unknown': 404, 'prompt.unknown': 404 }
const WRITE: StatusOf<typeof writePost> = { ...LIST, 'post.parent_unknown': 409, 'post.not_yours': 409 }
const OWN = { 'cohort.unknown': 404, 'post.unknown': 404, 'post.not_yours': 403 } as const
const EDIT: StatusOf<typeof editPost> = { ...OWN, 'post.removed': 409 }
const RESTORE: StatusOf<typeof restorePost> = { ...OWN, 'post.undo_over': 409 }

export function practiceRoutes({ db, clock }: PracticeDeps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))
  serve(listPrompts, { 'cohort.unknown': 404 }, ({ context, query }) =>
    practice.listPrompts(db, context, query, clock()),
  )
  serve(writePrompt, { 'cohort.unknown': 404, 'prompt.not_allowed': 403 }, ({ context, body }) =>
    practice.writePrompt(db, context, body, clock()),
  )
  serve(listPosts, LIST, ({ context, params, query }) =>
    practice.listPosts(db, context, { ...query, promptId: params.id }, clock()),
  )
  serve(writePost, WRITE, ({ context, params, body }) =>
    practice.writePost(db, context, { ...body, promptId: params.id }, clock()),
  )
  serve(editPost, EDIT, ({ context, params, body }) => practice.editPost(db, context, { ...params, ...body }, clock()))
  serve(removePost, OWN, ({ context, params }) => practice.removePost(db, context, params.id, clock()))
  serve(restorePost, RESTORE, ({ context, params }) => practice.restorePost(db, context, params.id, clock()))
  serve(getDraft, {}, ({ context, params }) => practice.getDraft(db, context.actor, params.subject))
  serve(saveDraft, { 'draft.changed_elsewhere': 409 }, ({ context, params, body }) =>
    practice.saveDraft(db, context.actor, { ...params, ...body }, clock()),
  )
  return router
}
