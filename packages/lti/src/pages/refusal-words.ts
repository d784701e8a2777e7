import type { RefusalCode } from '../launch/refused.ts'
import { REGISTRATION_WORDS } from './registration-words.ts'

export type RefusalWords = Readonly<{
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 429
  title: string
  /** What happened, why, what now; for whoever clicked the link. */
  lede: string
  /** For the people who look after the LMS. */
  administrators: readonly string[]
}>

const AGAIN = 'Please open this once more from your course'
const ASK = 'Your LMS and Copractice are not connected yet'
const LOOK = 'The connection to your LMS needs a look'

const reload = (what: string) =>
  `Your LMS and Copractice check each visit with a key that works once. ${what} This happens when a page is reloaded, opened in two tabs, left open for long, or reached with the Back button.`
const notYours = (what: string) =>
  `${what} Nothing you did caused it. Please tell the people who look after your LMS; the reference below tells them where to look.`
const oneVisit = 'One visit: a reload. Ask the person to start from the course again.'

/** What every refused launch and registration says, and its status. A new code fails the type check until it has both. */
export const REFUSAL_WORDS: Readonly<Record<RefusalCode, RefusalWords>> = {
  'launch.too_many': {
    status: 429,
    title: 'Many people are coming in at once',
    lede: 'More visits came from your network in this minute than we take in at a time. Give it a minute, then choose the link in your course again.',
    administrators: [
      'One address may begin so many visits in a minute; a campus behind one address counts as one. Who operates Copractice can raise it (LTI_REQUESTS_PER_MINUTE).',
      'If a whole class met this, tell them how many people share your address. If nobody did, look for what is calling us from your network.',
    ],
  },
  'launch.request_unreadable': {
    status: 400,
    title: AGAIN,
    lede: 'What reached us could not be read, so we could not tell who is visiting. Going back to your course and choosing the link again usually mends it.',
    administrators: ['The body has to be application/x-www-form-urlencoded in UTF-8.'],
  },
  'launch.request_too_large': {
    status: 413,
    title: LOOK,
    lede: notYours('What your LMS sent is larger than a launch can be.'),
    administrators: ['A launch may have 256 KB. Look for very long custom parameters.'],
  },
  'launch.method_not_allowed': {
    status: 405,
    title: AGAIN,
    lede: 'This address is only for your LMS to bring you here. Your course has the link that opens Copractice.',
    administrators: ['An id_token is taken by POST only. Look for a link that was copied from the address bar.'],
  },
  'launch.address_unknown': {
    status: 404,
    title: AGAIN,
    lede: 'There is nothing at this address. Your course has the link that opens Copractice.',
    administrators: [
      'Addresses are /lti/login, /lti/launch, /lti/jwks.json, /lti/canvas-config.json and /lti/register.',
    ],
  },
  'launch.parameter_repeated': {
    status: 400,
    title: AGAIN,
    lede: 'One part of what your LMS sent came more than once, so we could not tell which to believe.',
    administrators: ['Every parameter of a login or launch has to come exactly once.'],
  },
  'launch.login_incomplete': {
    status: 400,
    title: AGAIN,
    lede: 'A visit begins in your course, where the LMS says who you are. This one came without that.',
    administrators: ['The login needs iss, login_hint and target_link_uri (OpenID third-party initiated login).'],
  },
  'launch.platform_unknown': {
    status: 403,
    title: ASK,
    lede: notYours('We do not know the LMS that this visit came from.'),
    administrators: [
      'The issuer and client id have to be registered here exactly as the LMS sends them: also letter case and a final slash count.',
      'Ask your network’s coordinator for a registration invite, or compare the client id in the LMS’s tool settings.',
    ],
  },
  'launch.platform_ambiguous': {
    status: 403,
    title: LOOK,
    lede: notYours('Your LMS did not say which of its connections this visit belongs to.'),
    administrators: ['Several connections share this issuer: the login has to send client_id.'],
  },
  'launch.connection_parked': {
    status: 403,
    title: 'Almost there: the connection waits to be confirmed',
    lede: 'Your LMS has registered with Copractice. A coordinator still has to confirm it; after that this link opens.',
    administrators: [
      'The coordinator confirms it under Institutions and LMS, at your institution. Nothing has to be changed in the LMS.',
    ],
  },
  'launch.connection_disabled': {
    status: 403,
    title: 'This connection is switched off',
    lede: 'Visits from your LMS are switched off for now. Your work is kept. Your coordinator can tell you when they return.',
    administrators: ['A coordinator switched the connection or this deployment off, and can switch it on again.'],
  },
  'launch.addresses_unconfirmed': {
    status: 403,
    title: 'Almost there: the connection waits to be confirmed',
    lede: 'Somebody who looks after the connection of your LMS has to confirm where it answers; after that this link opens.',
    administrators: [
      'An address of this connection is not on the host of its issuer. A coordinator compares it with the LMS and confirms it on the connection’s page.',
    ],
  },
  'launch.target_foreign': {
    status: 400,
    title: LOOK,
    lede: notYours('The link in your course leads to another site than this one.'),
    administrators: ['target_link_uri has to be an address of this Copractice. Look at the link’s URL in the course.'],
  },
  'launch.target_mismatch': {
    status: 400,
    title: AGAIN,
    lede: 'The place your LMS named at the beginning of this visit is not the one it signed, so we did not go there.',
    administrators: ['The signed target_link_uri has to be the one that the login named.'],
  },
  'launch.lms_error': {
    status: 403,
    title: AGAIN,
    lede: 'Your LMS did not confirm who you are. You may have been signed out there. Sign in to your LMS, then open the link in your course.',
    administrators: ['The LMS answered the login with an error; it is kept under the reference.'],
  },
  'launch.state_missing': {
    status: 400,
    title: AGAIN,
    lede: reload('The key was missing from this visit.'),
    administrators: ['The launch has to carry the state that the login gave.'],
  },
  'launch.state_unknown': {
    status: 400,
    title: AGAIN,
    lede: reload('The key that came with this visit was used before, or its ten minutes were over.'),
    administrators: [
      oneVisit,
      'Every visit: something between the LMS and us keeps old pages, or launches take over ten minutes.',
    ],
  },
  'launch.browser_mismatch': {
    status: 403,
    title: AGAIN,
    lede: 'The visit began in another browser, or yours did not give back what we left with it. Choose the link in your course again; if your LMS offers to open it in a new window, take that.',
    administrators: [
      'The browser gave back neither our cookie nor what was kept in the LMS’s platform storage.',
      'Every visit: let the browser keep cookies of this site, or set the tool to open in a new window.',
    ],
  },
  'launch.token_missing': {
    status: 400,
    title: AGAIN,
    lede: 'Your LMS did not say who you are. Choose the link in your course again.',
    administrators: ['The launch has to carry an id_token.'],
  },
  'launch.token_unreadable': {
    status: 401,
    title: LOOK,
    lede: notYours('What your LMS says about this visit could not be read.'),
    administrators: ['The id_token has to be a compact JWS whose header and payload are JSON objects.'],
  },
  'launch.algorithm_refused': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS signed this visit in a way that we do not take.'),
    administrators: ['The id_token has to be signed with RS256.'],
  },
  'launch.header_refused': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS brought its own key with this visit, which we do not take.'),
    administrators: ['Keys are taken from the registered key set only, never from the message’s header.'],
  },
  'launch.key_missing': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS did not say with which key it signed this visit.'),
    administrators: ['The id_token’s header has to name its key (kid).'],
  },
  'launch.key_unknown': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS signed this visit with a key that it does not list.'),
    administrators: [
      'The key set at the registered address was read anew and does not hold this kid as an RSA signing key of 2048 to 8192 bits with an odd exponent from 3 to 2^32.',
    ],
  },
  'launch.keys_unreachable': {
    status: 401,
    title: LOOK,
    lede: notYours(
      'We could not reach your LMS to check this visit. It may be over in a few minutes; then the link works again.',
    ),
    administrators: [
      'The registered key set address did not answer in 5 seconds with a key set. Redirects are not followed.',
    ],
  },
  'launch.signature_wrong': {
    status: 401,
    title: LOOK,
    lede: notYours('The signature on this visit is not that of your LMS.'),
    administrators: ['The signature does not match the key of that id in the registered key set.'],
  },
  'launch.issuer_mismatch': {
    status: 401,
    title: LOOK,
    lede: notYours('Another LMS answered than the one this visit began with.'),
    administrators: ['The iss of the id_token has to be the registered issuer, letter for letter.'],
  },
  'launch.audience_mismatch': {
    status: 401,
    title: LOOK,
    lede: notYours('What your LMS sent was meant for another tool.'),
    administrators: ['aud has to name our client id; with several, all have to be ours and azp has to name this one.'],
  },
  'launch.token_expired': {
    status: 401,
    title: AGAIN,
    lede: reload('The key that came with this visit is too old.'),
    administrators: [
      oneVisit,
      'Every visit: compare the LMS’s clock with the time above. More than 60 seconds apart is refused.',
    ],
  },
  'launch.token_from_future': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS’s clock is ahead of ours.'),
    administrators: ['iat or nbf is more than 60 seconds ahead. Let the LMS’s server keep network time.'],
  },
  'launch.nonce_missing': {
    status: 401,
    title: LOOK,
    lede: notYours('Your LMS left out the one-time value that belongs to this visit.'),
    administrators: ['The id_token has to carry the nonce of the login.'],
  },
  'launch.nonce_mismatch': {
    status: 401,
    title: AGAIN,
    lede: reload('The key that came with this visit did not belong to it, so we did not let it in.'),
    administrators: [
      'The message was signed correctly by the LMS; only its one-time value was not the one we gave to this browser.',
      oneVisit,
      'Every visit: something between the LMS and us keeps old pages. Look for a page cache, or a link that was copied from the address bar.',
    ],
  },
  'launch.claim_refused': {
    status: 400,
    title: LOOK,
    lede: notYours('Something that every visit has to tell is missing or has another form.'),
    administrators: ['The claim is named under the reference.'],
  },
  'launch.version_unsupported': {
    status: 400,
    title: LOOK,
    lede: notYours('Your LMS speaks another version of LTI than we do.'),
    administrators: ['The version claim has to be 1.3.0.'],
  },
  'launch.message_unsupported': {
    status: 400,
    title: LOOK,
    lede: notYours('Your LMS asks for something that this link cannot open.'),
    administrators: ['Understood are LtiResourceLinkRequest, LtiSubmissionReviewRequest and LtiDeepLinkingRequest.'],
  },
  'launch.deployment_unknown': {
    status: 403,
    title: ASK,
    lede: notYours('Copractice was placed in your LMS in a way that we do not know yet.'),
    administrators: [
      'The deployment id is not registered for this issuer and client. Letter case counts. A coordinator can add it.',
    ],
  },
  'launch.deployment_parked': {
    status: 403,
    title: 'Almost there: the connection waits to be confirmed',
    lede: 'This was the first visit from this part of your LMS. A coordinator has to confirm it once; after that this link opens.',
    administrators: ['The coordinator confirms the deployment under Institutions and LMS, at your institution.'],
  },
  'launch.person_missing': {
    status: 400,
    title: LOOK,
    lede: notYours('Your LMS did not say who is visiting, so we could not keep your work for you.'),
    administrators: [
      'The id_token has to carry sub: look at the tool’s privacy settings. Where people open courses without signing in, your network’s coordinator can let them look, as nobody, on the connection’s page.',
    ],
  },
  'launch.not_instructor': {
    status: 403,
    title: 'Only those who teach a course place links in it',
    lede: 'This page is where a course’s instructors choose what opens from it. What is placed already, you can open from your course.',
    administrators: [
      'A deep linking request is taken from Instructor, TeachingAssistant, ContentDeveloper and Administrator roles of the course.',
    ],
  },
  ...REGISTRATION_WORDS,
}
