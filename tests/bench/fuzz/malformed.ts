/** What a request is made of; `raw` is written to the socket as it is, whether it is HTTP or not. */
export type Malformed =
  | Readonly<{ kind: 'http'; method: string; path: string; headers: Record<string, string>; body: Buffer | string }>
  | Readonly<{ kind: 'raw'; bytes: Buffer }>
  /** A right login first, then a launch that its state belongs to, with these claims changed in a rightly signed token. */
  | Readonly<{ kind: 'deep'; changes: Readonly<Record<string, unknown>>; breakToken: (token: string) => string }>

/** What the fuzzer knows of the server, so that some requests get past the first check. */
export type Known = Readonly<{ issuer: string; clientId: string; target: string; claims: readonly string[] }>

const ADDRESSES = ['/lti/login', '/lti/launch', '/lti/jwks.json', '/lti/register', '/lti/register/x', '/lti/', '/lti']
const METHODS = ['GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']
const NAMES = [
  'iss',
  'login_hint',
  'target_link_uri',
  'client_id',
  'lti_deployment_id',
  'lti_message_hint',
  'cookie',
  'lti_storage_target',
  'id_token',
  'state',
  'error',
  'browser',
  'openid_configuration',
  'registration_token',
  '__proto__',
  'constructor',
  'iss[$ne]',
  'state[]',
  'id_token[a][b]',
  '',
  'toString',
]
const FORM = 'application/x-www-form-urlencoded'
const TYPES = [FORM, FORM, FORM, 'application/json', 'multipart/form-data; boundary=x', 'text/plain', ';;;', '']

/** One malformed request, all of it told by the dice. */
export function malformed(roll: () => number, known: Known): Malformed {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(roll() * items.length)]!
  const number = (below: number) => Math.floor(roll() * below)
  const text = (length: number) => Array.from({ length }, () => String.fromCodePoint(32 + number(95))).join('')
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => number(256)))

  const words = (): string =>
    pick([
      () => '',
      () => text(number(60)),
      () => text(10).repeat(number(400)),
      () => bytes(number(80)).toString('latin1'),
      () => '\0',
      () => `a\0b`,
      () => '\uFFFD\u202E\u200B\uFEFF',
      () => "';drop table lti_login;--",
      () => '../../../../etc/passwd',
      () => '<script>alert(1)</script>',
      () => '${7*7}{{7*7}}#{7*7}',
      () => `https://evil.example/${text(5)}`,
      () => 'javascript:alert(1)',
      () => 'http://169.254.169.254/latest/meta-data/',
      () => '//evil.example',
      () => known.issuer,
      () => known.clientId,
      () => known.target,
      () => bytes(32).toString('base64url'),
      () => token(),
    ])()

  const json = (depth = 0): unknown =>
    pick([
      () => null,
      () => undefined,
      () => true,
      () => number(1e9) - 5e8,
      () => 1e308 * 10,
      () => roll(),
      () => words(),
      () => 'x'.repeat(256),
      () => 'a\0b',
      () => '\uD800',
      () => [],
      () => ({}),
      () => (depth > 3 ? 'deep' : [json(depth + 1), json(depth + 1)]),
      () =>
        depth > 3 ? 'deep' : { [pick(['id', 'title', '__proto__', 'url', 'user_id', 'scope', '\0'])]: json(depth + 1) },
      () => Array.from({ length: number(300) }, (_, index) => `urn:role:${index}`),
    ])()

  const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? 'null').toString('base64url')
  const token = (): string =>
    pick([
      () => '.',
      () => '..',
      () => '....',
      () => text(200),
      () =>
        `${part({ alg: pick(['none', 'RS256', 'HS256', 'ES256', '', 7]), kid: json(2), crit: json(2) })}.${part(json())}.`,
      () =>
        `${part({ alg: 'RS256', kid: 'bench' })}.${part({ iss: known.issuer, aud: known.clientId })}.${bytes(256).toString('base64url')}`,
      () => `${part(json())}.${part(json())}.${part(json())}`,
      () => `${'e'.repeat(number(30_000))}.e30.x`,
    ])()

  const form = (): string => {
    const pairs = Array.from({ length: number(12) }, () => {
      const encode = pick([encodeURIComponent, encodeURIComponent, escape, (value: string) => value])
      return `${pick(NAMES)}=${encode(words().toWellFormed())}`
    })
    if (roll() < 0.3)
      pairs.push(`iss=${encodeURIComponent(known.issuer)}`, `client_id=${known.clientId}`, 'login_hint=h')
    if (roll() < 0.2) pairs.push(`target_link_uri=${encodeURIComponent(known.target)}`)
    return pick([
      pairs.join('&'),
      pairs.join('&'),
      pairs.join(';'),
      `${pairs.join('&')}&%`,
      `${pairs.join('&')}%zz=%E0%A4%A`,
    ])
  }

  const printable = (value: string) => value.replaceAll(/[^\x20-\x7E]/g, '')
  const headers = (): Record<string, string> => ({
    ...(roll() < 0.9 ? { 'content-type': pick(TYPES) } : {}),
    ...(roll() < 0.1 ? { 'content-encoding': pick(['gzip', 'br', 'zstd', 'x']) } : {}),
    ...(roll() < 0.2
      ? { cookie: pick(['lti-browser=%', `lti-browser=${text(43)}`, '=;;;', printable(words()).slice(0, 4000)]) }
      : {}),
    ...(roll() < 0.2 ? { 'sec-fetch-dest': pick(['iframe', 'document', 'x']) } : {}),
    ...(roll() < 0.1
      ? { 'x-forwarded-for': printable(words()).slice(0, 500), host: pick(['evil.example', 'x:y', '']) }
      : {}),
    ...(roll() < 0.1 ? { authorization: `Bearer ${printable(token()).slice(0, 4000)}` } : {}),
  })

  const path = (): string => {
    const address = pick([
      ...ADDRESSES,
      `/lti/${encodeURIComponent(text(20))}`,
      '/lti/%2e%2e/%00',
      '/lti/register/%E0%A4%A',
    ])
    const query = form()
      .replaceAll(/[^\x21-\x7E]/g, '')
      .slice(0, 6000)
    return roll() < 0.5 ? address : `${address}?${query}`
  }

  const roof = roll()
  if (roof < 0.03) {
    const lines = [
      `${pick(METHODS)} ${pick(ADDRESSES)} HTTP/1.1`,
      'host: x',
      `content-length: ${pick(['5', '-1', 'x', '99999'])}`,
    ]
    const broken = [...lines, ...(roll() < 0.5 ? ['transfer-encoding: chunked', 'content-length: 3'] : [text(30)])]
    return { kind: 'raw', bytes: Buffer.concat([Buffer.from(`${broken.join('\r\n')}\r\n\r\n`), bytes(number(200))]) }
  }
  if (roof < 0.18) {
    const changes = Object.fromEntries(Array.from({ length: 1 + number(3) }, () => [pick(known.claims), json()]))
    const breakToken = pick([
      (right: string) => right,
      (right: string) => right,
      (right: string) => right,
      (right: string) => right.slice(0, -number(20) - 1),
      (right: string) => right.replace('.', '..'),
      (right: string) => `${right}=`,
    ])
    return { kind: 'deep', changes, breakToken }
  }
  const method = pick(METHODS)
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method)
  const body = hasBody
    ? pick([
        form,
        form,
        form,
        () => bytes(number(4000)),
        () => JSON.stringify(json()) ?? '',
        () => 'a='.repeat(number(500)),
      ])()
    : ''
  return {
    kind: 'http',
    method,
    path: path(),
    headers: headers(),
    body: roll() < 0.0005 ? 'x'.repeat(1_000_000) : body,
  }
}
