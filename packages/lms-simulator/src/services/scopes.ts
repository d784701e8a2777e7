const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope'

export const SCOPE = {
  lineitem: `${AGS}/lineitem`,
  lineitemReadonly: `${AGS}/lineitem.readonly`,
  result: `${AGS}/result.readonly`,
  score: `${AGS}/score`,
  membership: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
}

/** All that a tool can be granted here. */
export const SCOPES: string[] = Object.values(SCOPE)
export const AGS_SCOPES: string[] = SCOPES.filter((scope) => scope.startsWith(AGS))

export const MEDIA = {
  lineitem: 'application/vnd.ims.lis.v2.lineitem+json',
  lineitems: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
  score: 'application/vnd.ims.lis.v1.score+json',
  results: 'application/vnd.ims.lis.v2.resultcontainer+json',
  memberships: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
}
