import type { Platform } from '../platform.ts'
import type { Launch } from './dialect.ts'

/** The substitution variables both LMSs know. */
export function commonVariable(platform: Platform, launch: Launch, name: string): string | undefined {
  const { person, course, link } = launch
  const { dialect } = platform
  switch (name) {
    case '$User.id':
      return person.id
    case '$User.username':
    case '$Person.email.primary':
      return person.email
    case '$Person.name.full':
      return person.name
    case '$Person.name.given':
      return person.givenName
    case '$Person.name.family':
      return person.familyName
    case '$Membership.role':
      return dialect.launchRoles(person).join(',')
    case '$Context.id':
      return dialect.contextId(platform, course)
    case '$Context.title':
    case '$CourseSection.title':
      return course.title
    case '$Context.label':
    case '$CourseSection.label':
      return course.label
    case '$Context.id.history':
      return (course.copiedFrom ?? []).join(',')
    case '$ResourceLink.id':
      return link === undefined ? undefined : dialect.resourceLinkId(platform, course, link)
    case '$ResourceLink.title':
      return link?.title
    case '$ResourceLink.description':
      return link?.text ?? ''
    default:
      return undefined
  }
}
