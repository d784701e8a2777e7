export { openSignIn, type EmailSignIn, type SignInOptions } from './email-sign-in.ts'
export { hashToken, issueSpaceSession, newSpaceToken, type SpaceSessionFor } from './issue-space-session.ts'
export { loadSession } from './load-session.ts'
