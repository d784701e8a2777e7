import type { Router } from 'express'
import * as contract from '@copractice/core/directory'
import { routesFor } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Administrators } from './administrator-of.ts'

type Deps = directory.KeepDeps & Readonly<{ administrators: Administrators }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const ELSEWHERE = { ...NOT_FOUND, 'sign_in.domain_elsewhere': 409, 'sign_in.speaker_changed': 409 } as const

/** An institution's own sign-in: its settings, its domains, its self-test. */
export function institutionSignInRoutes({ administrators, ...deps }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.showInstitutionSignIn, NOT_FOUND, ({ context, params }) =>
    directory.showInstitutionSignIn(deps, context, params),
  )
  const saving = {
    ...NOT_FOUND,
    'sign_in.address_refused': 422,
    'sign_in.issuer_for_everybody': 422,
    'sign_in.secret_needed': 422,
    'sign_in.metadata_unreadable': 422,
    'sign_in.certificate_unreadable': 422,
  } as const
  serve(contract.saveInstitutionSignIn, saving, ({ context, params, body }) =>
    directory.saveInstitutionSignIn(deps, context, { ...params, details: body }),
  )
  serve(
    contract.switchInstitutionSignIn,
    { ...NOT_FOUND, 'sign_in.no_domain': 409, 'sign_in.nobody_yet': 409 },
    ({ context, params, body }) => directory.switchInstitutionSignIn(deps, context, { ...params, ...body }),
  )
  serve(contract.removeInstitutionSignIn, NOT_FOUND, ({ context, params }) =>
    directory.removeInstitutionSignIn(deps, context, params),
  )
  serve(
    contract.addSignInDomain,
    { ...ELSEWHERE, 'sign_in.domain_unusable': 422, 'sign_in.domain_public': 422 },
    ({ context, params, body }) => directory.addSignInDomain(deps, context, { ...params, ...body }),
  )
  serve(contract.confirmSignInDomain, ELSEWHERE, ({ context, params, body }) =>
    directory.confirmSignInDomain(deps, context, { ...params, ...body }),
  )
  serve(contract.removeSignInDomain, NOT_FOUND, ({ context, params }) =>
    directory.removeSignInDomain(deps, context, params),
  )
  serve(contract.checkInstitutionSignIn, NOT_FOUND, ({ context, params }) =>
    directory.checkInstitutionSignIn(deps, context, params),
  )
  serve(
    contract.forgetInstitutionSubject,
    { ...NOT_FOUND, 'sign_in.nothing_remembered': 404 },
    ({ context, params, body }) => directory.forgetInstitutionSubject(deps, context, { ...params, ...body }),
  )
  return router
}
