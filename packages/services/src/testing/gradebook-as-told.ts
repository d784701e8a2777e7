import type { LineItemOutcome, LtiGradebook, ResultOutcome, Score, ScoreOutcome } from '@copractice/lti'

/** A gradebook with Moodle's manner: equal or older timestamps by whole second are stale. Told what to answer, it obeys once. */
export class Gradebook implements LtiGradebook {
  readonly cells = new Map<string, Score>()
  readonly posts: Score[] = []
  made = 0
  isReadable = true
  next: (() => ScoreOutcome | 'applied_then_lost')[] = []
  making: LineItemOutcome | null = null

  async listLineItems() {
    return { kind: 'read', lineItems: [] } as const
  }
  async createLineItem(
    _platform: unknown,
    url: string,
    item: { label: string; tag: string; resourceId: string; scoreMaximum: number },
  ): Promise<LineItemOutcome> {
    if (this.making) return this.making
    this.made++
    return { kind: 'ready', isNew: true, lineItem: { ...item, url: `${url}/${item.tag}` } }
  }
  async postScore(_platform: unknown, url: string, score: Score): Promise<ScoreOutcome> {
    this.posts.push(score)
    const told = this.next.shift()?.()
    if (told && told !== 'applied_then_lost') return told
    const key = `${url} ${score.userId}`
    const held = this.cells.get(key)
    if (held && held.timestamp >= score.timestamp) return { kind: 'stale', reason: 'older' }
    this.cells.set(key, score)
    return told ? { kind: 'unreachable', reason: 'the connection broke' } : { kind: 'accepted' }
  }
  async listKept() {
    return { kind: 'read', userIds: [] } as const
  }
  async readResult(_platform: unknown, url: string, userId: string): Promise<ResultOutcome> {
    if (!this.isReadable) return { kind: 'unreachable', reason: 'It is down.' }
    const held = this.cells.get(`${url} ${userId}`)
    return { kind: 'read', score: held?.scoreGiven ?? null, maximum: held?.scoreMaximum ?? null, comment: null }
  }
}
