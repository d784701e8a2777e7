import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { ContentItem } from '@copractice/core/connection'
import type { ToolKeys } from '../keys/tool-keys.ts'

/** The request that is answered. */
export type DeepLinkingRequest = Readonly<{
  issuer: string
  clientId: string
  deploymentId: string
  /** As it came; null when there was none. */
  data: string | null
}>
/** `told` is for the person: what was placed, or, when nothing could be, why. Empty items say that nothing was chosen. */
export type DeepLinkingAnswer = Readonly<{
  items: readonly ContentItem[]
  told: Readonly<{ kind: 'message' | 'error'; text: string }> | null
}>
export type SignDeepLinkingAnswer = (request: DeepLinkingRequest, answer: DeepLinkingAnswer) => Promise<string>

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim/'
/** Platforms' clocks run behind ours, by as much as launches forgive; Canvas takes an answer until 5 minutes after `iat`. */
const BACKDATED_SECONDS = 60
const HOLDS_SECONDS = 240

/**
 * The answer to a deep linking request (LTI Deep Linking 2.0, 4.5), for the form field `JWT`. Not by ltijs, which drops
 * types silently and misspells the error claim.
 */
export function signsAnswers({ keys, clock }: { keys: ToolKeys; clock: () => Date }): SignDeepLinkingAnswer {
  return async ({ issuer, clientId, deploymentId, data }, { items, told }) => {
    const { kid, key } = await keys.signingKey()
    const issuedAt = Math.floor(clock().getTime() / 1000) - BACKDATED_SECONDS
    return new SignJWT({
      nonce: randomUUID(),
      [`${LTI}message_type`]: 'LtiDeepLinkingResponse',
      [`${LTI}version`]: '1.3.0',
      [`${LTI}deployment_id`]: deploymentId,
      [`${DL}content_items`]: items,
      ...(data === null ? {} : { [`${DL}data`]: data }),
      ...(told ? { [`${DL}${told.kind === 'error' ? 'errormsg' : 'msg'}`]: told.text } : {}),
    })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(clientId)
      .setAudience(issuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + HOLDS_SECONDS)
      .sign(key)
  }
}
