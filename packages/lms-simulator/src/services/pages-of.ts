import type { Call } from './serve.ts'

/** One page of a list, with the Link header that leads on when there is more. */
export function pageOf<T>(
  call: Call,
  all: T[],
  kind: 'memberships' | 'items',
): { entries: T[]; headers: Record<string, string> } {
  const { dialect } = call.platform
  const { searchParams } = call.url
  const sizes = dialect.page[kind]
  const whole = (name: string) => Number.parseInt(searchParams.get(name) ?? '', 10) || 0
  const limit = Math.min(whole('limit') || whole('per_page') || sizes.default, sizes.greatest)
  if (limit <= 0) return { entries: all, headers: {} }
  const page = Math.max(1, whole('page'))
  const offset = whole('from') || (page - 1) * limit
  const more = offset + limit < all.length
  return {
    entries: all.slice(offset, offset + limit),
    headers: more ? { Link: dialect.nextPage(call.url, { page, limit, offset }, kind) } : {},
  }
}
