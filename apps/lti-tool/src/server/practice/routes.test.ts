import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PostId } from '@copractice/core/kernel'
import {
  editPost,
  getDraft,
  listPosts,
  listPrompts,
  removePost,
  restorePost,
  saveDraft,
  writePost,
  writePrompt,
} from '@copractice/core/practice'
import { seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const start = new Date('2026-11-17T12:00:00Z')
const paging = { limit: 50 }
let tool: StartedTool
beforeEach(async () => {
  tool = await startTool(start)
})
afterEach(() => tool.close())
const seconds = (n: number) => (tool.clock.now = new Date(start.getTime() + n * 1000))
const people = async () => ({
  ana: await tool.as('ana', { link: tool.seeded.links.riverside }),
  hana: await tool.as('hana', { link: tool.seeded.links.hillside }),
  finn: await tool.as('finn', { cohort: tool.seeded.cohortId }),
})
const here = () => ({ params: { id: tool.seeded.promptId } })

describe('the discussion of a prompt', () => {
  it('crosses campuses, earliest first, replies one level deep', async () => {
    const { ana, hana } = await people()
    const first = await ana(writePost, { ...here(), body: { body: 'Our guests came with dinner.' } })
    seconds(1)
    const reply = await hana(writePost, { ...here(), body: { body: 'May I bring this?', parentId: first.value.id } })
    seconds(2)
    const deeper = await ana(writePost, { ...here(), body: { body: 'Yes.', parentId: reply.value.id } })
    expect(deeper.value.parentId).toBe(first.value.id)

    const { value } = await hana(listPosts, { ...here(), query: paging })
    expect(value.items).toMatchObject([
      { body: 'Our guests came with dinner.', author: { name: 'Ana Okonjo', campus: { letter: 'R' } }, isMine: false },
      { parentId: first.value.id, author: { campus: { letter: 'H' } }, isMine: true },
      { parentId: first.value.id },
    ])
  })

  it('is read page by page without gaps or repeats', async () => {
    const { ana } = await people()
    for (let n = 0; n < 7; n++) await ana(writePost, { ...here(), body: { body: `Post ${n}` } })
    const seen: PostId[] = []
    let after: string | undefined
    do {
      const { value } = await ana(listPosts, { ...here(), query: { limit: 3, ...(after && { after }) } })
      seen.push(...value.items.map(({ id }) => id))
      after = value.next ?? undefined
    } while (after)
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })

  it('holds a post once that was sent twice, and no post under an id that is another’s', async () => {
    const { ana, hana } = await people()
    const id = randomUUID() as PostId
    const sent = { ...here(), body: { id, body: 'Once.' } }
    const [first, again] = await Promise.all([ana(writePost, sent), ana(writePost, sent)])
    expect([first.value.id, again.value.id]).toEqual([id, id])
    expect(await hana(writePost, sent)).toMatchObject({ status: 409, problem: { code: 'post.not_yours' } })
    expect((await hana(listPosts, { ...here(), query: paging })).value.items).toHaveLength(1)
  })

  it('is text: what looks like HTML comes back as it was written', async () => {
    const { ana } = await people()
    const body = '<img src=x onerror=alert(1)> & "quotes"'
    expect((await ana(writePost, { ...here(), body: { body } })).value.body).toBe(body)
  })

  it('of a closed cohort is read by who was in it, and written in as its closing said', async () => {
    const { ana } = await people()
    const write = async () => (await ana(writePost, { ...here(), body: { body: 'One more thing' } })).status
    const close = (alumni: 'open' | 'read_only') =>
      tool.db
        .updateTable('cohort')
        .set({ status: 'closed', alumni, closed_at: start })
        .where('id', '=', tool.seeded.cohortId)
        .execute()
    await close('open')
    expect(await write()).toBe(201)
    await close('read_only')
    expect(await write()).toBe(404)
    const [said] = (await ana(listPosts, { ...here(), query: paging })).value.items
    expect((await ana(editPost, { params: { id: said!.id }, body: { body: 'Other words' } })).status).toBe(404)
    expect((await ana(listPosts, { ...here(), query: paging })).value.items).toHaveLength(1)
  })

  it('is closed to whoever is not in the space, and another network’s prompt is as if there were none', async () => {
    const ben = await tool.as('ben', { link: tool.seeded.links.riverside })
    expect(await ben(listPosts, { ...here(), query: paging })).toMatchObject({ problem: { code: 'cohort.unknown' } })
    const elsewhere = await seedNetwork(tool.db, { now: start })
    const { ana } = await people()
    const there = { params: { id: elsewhere.promptId } }
    expect(await ana(writePost, { ...there, body: { body: 'Hello' } })).toMatchObject({
      status: 404,
      problem: { code: 'prompt.unknown' },
    })
    const hanaThere = await tool.as('hana', { link: elsewhere.links.hillside, network: elsewhere })
    const foreign = await hanaThere(writePost, { ...there, body: { body: 'Theirs' } })
    const answered = { ...here(), body: { body: 'Hello', parentId: foreign.value.id } }
    expect(await ana(writePost, answered)).toMatchObject({ status: 409, problem: { code: 'post.parent_unknown' } })
    expect(await ana(editPost, { params: { id: foreign.value.id }, body: { body: 'Mine' } })).toMatchObject({
      status: 404,
      problem: { code: 'post.unknown' },
    })
  })
})

describe('a post', () => {
  it('is edited, taken back and restored by its author, who has ten minutes for the last', async () => {
    const { ana, hana } = await people()
    const { value: post } = await ana(writePost, { ...here(), body: { body: 'First words' } })
    const one = { params: { id: post.id } }
    expect(await hana(editPost, { ...one, body: { body: 'Hers' } })).toMatchObject({ status: 403 })
    expect(await hana(removePost, one)).toMatchObject({ status: 403, problem: { code: 'post.not_yours' } })
    seconds(5)
    expect((await ana(editPost, { ...one, body: { body: 'Better words' } })).value).toMatchObject({
      body: 'Better words',
      editedAt: tool.clock.now,
    })
    const { undoUntil } = (await ana(removePost, one)).value
    expect((await hana(listPosts, { ...here(), query: paging })).value.items).toEqual([])
    expect((await ana(restorePost, one)).value).toMatchObject({ body: 'Better words', removedAt: null })
    await ana(removePost, one)
    tool.clock.now = new Date(undoUntil.getTime() + 1)
    expect(await ana(restorePost, one)).toMatchObject({ status: 409, problem: { code: 'post.undo_over' } })
  })

  it('that was taken back stays without words or author while a reply hangs on it', async () => {
    const { ana, hana } = await people()
    const { value: post } = await ana(writePost, { ...here(), body: { body: 'Taken back' } })
    await hana(writePost, { ...here(), body: { body: 'Reply', parentId: post.id } })
    await ana(removePost, { params: { id: post.id } })
    const { items } = (await hana(listPosts, { ...here(), query: paging })).value
    expect(items).toMatchObject([{ id: post.id, body: null, author: null }, { body: 'Reply' }])
  })
})

describe('prompts', () => {
  it('are written by who leads; one for later is seen by them alone', async () => {
    const { ana, finn } = await people()
    const opensAt = new Date(start.getTime() + 86_400_000)
    const { value: later } = await finn(writePrompt, { body: { text: 'What did you try?', opensAt } })
    expect(await ana(writePrompt, { body: { text: 'Mine' } })).toMatchObject({
      status: 403,
      problem: { code: 'prompt.not_allowed' },
    })
    const ids = async (who: typeof ana) => (await who(listPrompts, { query: paging })).value.items.map(({ id }) => id)
    expect(await ids(finn)).toEqual([later.id, tool.seeded.promptId])
    expect(await ids(ana)).toEqual([tool.seeded.promptId])
    expect(await ana(listPosts, { params: { id: later.id }, query: paging })).toMatchObject({ status: 404 })
    tool.clock.now = opensAt
    expect(await ids(await tool.as('ana', { link: tool.seeded.links.riverside }))).toContain(later.id)
  })
})

describe('a draft', () => {
  const of = () => ({ params: { subject: `prompt:${tool.seeded.promptId}` } })

  it('is kept for its writer alone, and posting ends it', async () => {
    const { ana, hana } = await people()
    const saved = await ana(saveDraft, { ...of(), body: { body: 'We had', basedOn: null } })
    expect(saved.value.savedAt).toEqual(start)
    expect((await ana(getDraft, of())).value.draft).toEqual({ body: 'We had', savedAt: start })
    expect((await hana(getDraft, of())).value.draft).toBeNull()
    await ana(writePost, { ...here(), body: { body: 'We had booked the hall.' } })
    expect((await ana(getDraft, of())).value.draft).toBeNull()
  })

  it('saved on two screens shows both texts, and one’s own can be kept', async () => {
    const { ana } = await people()
    const first = await ana(saveDraft, { ...of(), body: { body: 'Phone', basedOn: null } })
    seconds(1)
    const clash = await ana(saveDraft, { ...of(), body: { body: 'Laptop', basedOn: null } })
    expect(clash).toMatchObject({
      status: 409,
      problem: {
        code: 'draft.changed_elsewhere',
        facts: { mine: { body: 'Laptop' }, theirs: { body: 'Phone', savedAt: first.value.savedAt!.toISOString() } },
      },
    })
    const kept = await ana(saveDraft, { ...of(), body: { body: 'Laptop', basedOn: first.value.savedAt } })
    expect(kept.status).toBe(200)
    expect(
      (await ana(saveDraft, { ...of(), body: { body: '', basedOn: kept.value.savedAt } })).value.savedAt,
    ).toBeNull()
    expect((await ana(getDraft, of())).value.draft).toBeNull()
  })

  it('first saved on two screens at the same moment is not lost to either', async () => {
    const { ana } = await people()
    const save = (body: string) => ana(saveDraft, { ...of(), body: { body, basedOn: null } })
    const answers = await Promise.all([save('One'), save('Two')])
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]))
  })
})
