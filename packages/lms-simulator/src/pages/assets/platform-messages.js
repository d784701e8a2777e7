// The LMS's end of the LTI postMessage protocol. The body says what this page is:
//   data-tool-origins  whose messages count (a JSON list of origins)
//   data-answers       which subjects are answered here
//   data-store-frame   the frame that keeps the tools' storage, as told by lti.capabilities
//   data-close-to      where org.imsglobal.lti.close leads
const { toolOrigins = '[]', answers = '[]', storeFrame, closeTo } = document.body.dataset
const origins = JSON.parse(toolOrigins)
const answered = JSON.parse(answers)
const frame = document.querySelector('iframe[data-tool]')

const MOST_KEYS = 500
const MOST_BYTES = 4096
const keyOf = (origin, key) => `lti ${origin} ${key}`

class Refused extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

function putData(origin, { key, value }) {
  if (typeof key !== 'string' || key === '') throw new Refused('bad_request', 'key must be a text')
  const name = keyOf(origin, key)
  if (value === null || value === undefined) {
    sessionStorage.removeItem(name)
    return { key, value: null }
  }
  if (typeof value !== 'string') throw new Refused('bad_request', 'value must be a text')
  const bytes = new TextEncoder().encode(key + value).length
  const own = Object.keys(sessionStorage).filter((each) => each.startsWith(keyOf(origin, '')))
  if (bytes > MOST_BYTES || (own.length >= MOST_KEYS && !own.includes(name)))
    throw new Refused('storage_exhaustion', 'at most 500 keys of 4096 bytes')
  sessionStorage.setItem(name, value)
  return { key, value }
}

function getData(origin, { key }) {
  if (typeof key !== 'string' || key === '') throw new Refused('bad_request', 'key must be a text')
  return { key, value: sessionStorage.getItem(keyOf(origin, key)) }
}

function frameResize(source, { height }) {
  const wanted = Number(height)
  if (frame === null || source !== frame.contentWindow) throw new Refused('bad_request', 'not the frame of this page')
  if (!(wanted > 0)) throw new Refused('bad_request', 'height must be above 0')
  frame.style.blockSize = `${Math.min(6000, Math.max(120, Math.ceil(wanted)))}px`
  return {}
}

function scrollToTop(source) {
  if (frame === null || source !== frame.contentWindow) throw new Refused('bad_request', 'not the frame of this page')
  frame.scrollIntoView({ block: 'start' })
  return {}
}

function capabilities() {
  const inFrame = (subject) => storeFrame !== undefined && (subject === 'lti.put_data' || subject === 'lti.get_data')
  return {
    supported_messages: answered.map((subject) => (inFrame(subject) ? { subject, frame: storeFrame } : { subject })),
  }
}

function answer(event, subject) {
  switch (subject) {
    case 'lti.capabilities':
      return capabilities()
    case 'lti.put_data':
      return putData(event.origin, event.data)
    case 'lti.get_data':
      return getData(event.origin, event.data)
    case 'lti.frameResize':
      return frameResize(event.source, event.data)
    case 'lti.scrollToTop':
      return scrollToTop(event.source)
    default:
      throw new Refused('unsupported_subject', 'not answered here')
  }
}

addEventListener('message', (event) => {
  const { data, origin, source } = event
  if (typeof data !== 'object' || data === null || typeof data.subject !== 'string' || source === null) return
  if (origin === location.origin) return
  const subject = data.subject.replace(/^org\.imsglobal\./, '')
  if (!subject.startsWith('lti.')) return
  const reply = (fields) =>
    source.postMessage({ subject: `${data.subject}.response`, message_id: data.message_id, ...fields }, origin)
  if (!origins.includes(origin)) {
    reply({ error: { code: 'wrong_origin', message: 'this origin is not the tool’s' } })
    return
  }
  if (subject === 'lti.close' && closeTo !== undefined) {
    location.assign(closeTo)
    return
  }
  try {
    if (!answered.includes(subject)) throw new Refused('unsupported_subject', 'not answered here')
    reply(answer(event, subject))
  } catch (error) {
    reply({ error: { code: error.code ?? 'error', message: error.message } })
  }
})
