import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

/** Where anybody gets an address: nobody's sign-in speaks for them. */
const PUBLIC_MAIL = new Set(
  `126.com 163.com aol.com att.net bellsouth.net bluewin.ch btinternet.com charter.net comcast.net cox.net duck.com
  earthlink.net email.com fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
  googlemail.com hetnet.nl hey.com home.nl hotmail.ca hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr
  hotmail.it hotmail.nl icloud.com inbox.com juno.com kpnmail.nl laposte.net libero.it live.ca live.co.uk live.com
  live.de live.fr live.nl mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com onmicrosoft.com optonline.net
  orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de posteo.net proton.me protonmail.ch
  protonmail.com qq.com rediffmail.com rocketmail.com sbcglobal.net sky.com t-online.de terra.com.br tuta.com
  tutanota.com uol.com.br verizon.net virgilio.it wanadoo.fr web.de xs4all.nl yahoo.ca yahoo.co.in yahoo.co.jp
  yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com ziggo.nl
  zoho.com zohomail.com`.split(/\s+/),
)

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/

type Unusable = Refusal<'sign_in.domain_unusable', Record<string, never>>
type Public = Refusal<'sign_in.domain_public', { domain: string }>

/**
 * A domain of mail addresses that an institution's sign-in may speak for, from what was typed: in lower case, without an
 * `@` before it or a dot after it. Only this very domain is meant, none below it. Refuses what is no domain, and mail
 * hosts that are open to anybody.
 */
export function readSignInDomain(typed: string): Result<string, Unusable | Public> {
  const domain = typed.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '')
  if (!DOMAIN.test(domain)) return refuse('sign_in.domain_unusable', {})
  return PUBLIC_MAIL.has(domain) ? refuse('sign_in.domain_public', { domain }) : ok(domain)
}

/** What follows the last `@` of an address, in lower case. */
export const domainOfAddress = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

/** Where many institutions, or anybody, sign in at one issuer: CILogon, Globus, ORCID. */
const BETWEEN = /(^|\.)(cilogon\.org|globus\.org|orcid\.org)$/

/**
 * Issuers that speak for people of whichever organisation, so that a subject of theirs tells nothing of one institution:
 * Microsoft's for every tenant and its tenant of private accounts, and services between researchers and institutions.
 */
export function isIssuerForEverybody(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer)
  if (BETWEEN.test(hostname)) return true
  return (
    /(^|\.)(login\.microsoftonline\.com|sts\.windows\.net)$/.test(hostname) &&
    /^\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)?(\/|$)/i.test(pathname)
  )
}
