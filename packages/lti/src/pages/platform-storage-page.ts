import { html, jsonBlock } from './html.ts'
import type { Page } from './shell.ts'

type Frame = Pick<Page, 'framedBy'>
/** Where the LMS keeps things for us: the origin of its authorization endpoint, and the frame it announced. */
export type PlatformStorage = Readonly<{ targetOrigin: string; frame: string; key: string }>

/** Leaves `value` in the LMS's platform storage, then goes to `address`; where that fails, to `otherwise`. */
export function putPage(
  storage: PlatformStorage,
  value: string,
  next: Readonly<{ address: string; otherwise: string }>,
  { framedBy }: Frame,
): Page {
  return {
    title: 'Opening',
    framedBy,
    isFramed: true,
    script: `${EXCHANGE}
exchange('lti.put_data', { key: ask.key, value: ask.value })
  .then((answer) => location.replace(answer.value === ask.value ? ask.address : ask.otherwise))
  .catch(() => location.replace(ask.otherwise))`,
    body: html`<h1>Opening Copractice…</h1>
      <noscript><p class="lede">This page needs JavaScript to bring you from your LMS to Copractice.</p></noscript>
      ${jsonBlock('ask', { ...storage, value, ...next })}`,
  }
}

/** Fetches what `putPage` left and sends the launch once more with it; without it where that fails. */
export function getPage(
  storage: PlatformStorage,
  launch: Readonly<{ address: string; state: string; idToken: string }>,
  { framedBy }: Frame,
): Page {
  return {
    title: 'Opening',
    framedBy,
    isFramed: true,
    script: `${EXCHANGE}
const form = document.forms[0]
exchange('lti.get_data', { key: ask.key })
  .then((answer) => {
    form.elements.namedItem('browser').value = answer.value || 'none'
    return exchange('lti.put_data', { key: ask.key, value: null }).catch(() => {})
  })
  .catch(() => {})
  .finally(() => form.submit())`,
    body: html`<h1>Opening Copractice…</h1>
      <form method="post" action="${launch.address}">
        <input type="hidden" name="state" value="${launch.state}" />
        <input type="hidden" name="id_token" value="${launch.idToken}" />
        <input type="hidden" name="browser" value="none" />
        <noscript><p class="lede">This page needs JavaScript to bring you from your LMS to Copractice.</p></noscript>
      </form>
      ${jsonBlock('ask', storage)}`,
  }
}

/**
 * LTI Client Side postMessages and Platform Storage: ask what the LMS supports (in vain where it is silent), then talk to
 * the frame it names, only ever at and from the authorization endpoint's origin. Asked again and again until the wait is
 * over: a frame of the LMS that is still loading hears nothing of what came before.
 */
const EXCHANGE = `
const ask = JSON.parse(document.getElementById('ask').textContent)
const lms = window.parent !== window ? window.parent : window.opener
function send(findTarget, origin, message, isAnswer, wait) {
  return new Promise((resolve, reject) => {
    const id = crypto.randomUUID()
    const post = () => findTarget().postMessage({ ...message, message_id: id }, origin)
    const again = setInterval(post, 250)
    const timer = setTimeout(() => { end(); reject(new Error('silent')) }, wait)
    function end() {
      clearInterval(again)
      clearTimeout(timer)
      removeEventListener('message', hear)
    }
    function hear(event) {
      const data = event.data
      if (!data || typeof data !== 'object' || data.message_id !== id || data.subject !== message.subject + '.response') return
      if (!isAnswer(event)) return
      end()
      if (data.error) reject(new Error(String(data.error.code)))
      else resolve(data)
    }
    addEventListener('message', hear)
    post()
  })
}
async function frameFor(subject) {
  let name = ask.frame
  try {
    const answer = await send(() => lms, '*', { subject: 'lti.capabilities' }, (event) => event.source === lms, 2500)
    const listed = (answer.supported_messages || []).find((message) => message.subject === subject)
    if (listed && typeof listed.frame === 'string') name = listed.frame
  } catch {}
  return () => (!name || name === '_parent' ? lms : lms.frames[name] || lms)
}
async function exchange(subject, fields) {
  if (!lms) throw new Error('alone')
  const findFrame = await frameFor(subject)
  return send(findFrame, ask.targetOrigin, { subject, ...fields }, (event) => event.origin === ask.targetOrigin, 4000)
}
`
