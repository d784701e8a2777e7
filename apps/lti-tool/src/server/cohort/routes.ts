import type { Router } from 'express'
import {
  answerRenewal,
  bindCourseLink,
  getCohortHome,
  joinCohort,
  leaveCohort,
  listCohortChoices,
  listPeople,
  listRenewals,
  showJoining,
} from '@copractice/core/cohort'
import { routesFor, type StatusOf } from '@copractice/http'
import * as cohort from '@copractice/services/cohort'
import type { Db } from '@copractice/store/database'
import { sessionContext } from '../session-context.ts'

/** `spaceUrl`: where people without an LMS sign in; mails name it. */
export type CohortDeps = Readonly<{ db: Db; clock: () => Date; spaceUrl: string }>

const CHOICES: StatusOf<typeof listCohortChoices> = { 'course_link.unknown': 404, 'course_link.not_instructor': 403 }
const BIND: StatusOf<typeof bindCourseLink> = {
  ...CHOICES,
  'course_link.bound_elsewhere': 409,
  'cohort.unknown': 404,
  'cohort.closed': 409,
}
const JOIN: StatusOf<typeof joinCohort> = {
  'cohort.unknown': 404,
  'cohort.closed': 409,
  'cohort.already_in': 409,
  'cohort.test_person': 403,
  'eligibility.affiliation': 403,
}
const LEAVE: StatusOf<typeof leaveCohort> = { 'cohort.unknown': 404, 'cohort.not_in': 409 }
const RENEWAL: StatusOf<typeof answerRenewal> = {
  'cohort.unknown': 404,
  'ask.unknown': 404,
  'ask.seat_used': 409,
  'ask.taken_away': 409,
  'cohort.closed': 409,
  'eligibility.affiliation': 409,
  'cohort.test_person': 409,
}

export function cohortRoutes({ db, clock, spaceUrl }: CohortDeps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))
  serve(listCohortChoices, CHOICES, ({ context, query }) => cohort.listCohortChoices(db, context, query, clock()))
  serve(bindCourseLink, BIND, ({ context, body }) => cohort.bindCourseLink(db, context, body.cohortId, clock()))
  serve(joinCohort, JOIN, ({ context }) => cohort.joinCohort(db, context, clock()))
  serve(showJoining, JOIN, ({ context }) => cohort.showJoining(db, context, clock()))
  serve(leaveCohort, LEAVE, ({ context }) => cohort.leaveCohort({ db, spaceUrl }, context, clock()))
  serve(listPeople, { 'cohort.unknown': 404 }, ({ context, query }) => cohort.listPeople(db, context, query, clock()))
  serve(getCohortHome, { 'cohort.unknown': 404 }, ({ context }) => cohort.showHome(db, context, clock()))
  serve(listRenewals, { 'cohort.unknown': 404 }, ({ context }) => cohort.listRenewals(db, context, clock()))
  serve(answerRenewal, RENEWAL, ({ context, params, body }) =>
    cohort.answerRenewal({ db, spaceUrl }, context, { ...params, ...body }, clock()),
  )
  return router
}
