import { strToU8, zipSync } from 'fflate'
import ical from 'ical-generator'
import { cohortDraftOf } from '@copractice/core/proposal'
import { conveningSlug } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findProgramme } from '@copractice/store/programme'
import { askedForKitSince, findProposalPeople, insertProposalEvent, nameOfNetwork } from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { composeKit, type KitPage } from './compose-kit.ts'
import { holdProposal, loadJudging, readProposal } from './load-proposal.ts'
import { starterKitMail } from './proposal-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>

const MAILED_AGAIN_AFTER_MS = 3_600_000

/**
 * Writes down that the kit was asked for, and mails who asked where it is, at the address they signed in with: once an hour.
 * Asked again before, nothing happens.
 */
export function askForStarterKit({ db, adminUrl }: Deps, actor: Actor, proposalId: ProposalId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.isAuthor && !found?.access.answerHelp) return notFound()
    const since = new Date(now.getTime() - MAILED_AGAIN_AFTER_MS)
    if (await askedForKitSince(trx, { networkId, proposalId, personId }, since)) return ok(undefined)
    await insertProposalEvent(trx, { networkId, proposalId, by: personId, kind: 'starter_kit', text: '' }, now)
    const { title } = found.body
    const [asker] = await findProposalPeople(trx, networkId, [personId])
    if (asker?.email)
      await queueMail(trx, { ...starterKitMail({ title, adminUrl, proposalId }), to: asker.email, networkId }, now)
    const facts = { name: title, regionId: found.regionId }
    await audit(trx, actor, { action: 'proposal.starter_kit', subject: `proposal:${proposalId}`, facts }, now)
    return ok(undefined)
  })
}

/** The kit as one ZIP: a printable page of everything, each part as text to edit, and a calendar of the dated meetings. */
export async function packStarterKit(db: Db, actor: Actor, proposalId: ProposalId, now: Date) {
  const found = await readProposal(db, actor, proposalId, now)
  if (!found) return notFound()
  const { networkId } = actor
  const { body, context } = await loadJudging(db, networkId, { ...found, isDeciding: false }, now)
  const { templates, credentials } = await findProgramme(db, networkId)
  const area = body.area.trim().toLowerCase()
  const pages = composeKit({
    network: await nameOfNetwork(db, networkId),
    body,
    hosts: found.hosts.map(({ name }) => name),
    templates,
    credential: credentials.find(({ name }) => name.toLowerCase() === area) ?? null,
    submissionDeadline: context.submissionDeadline,
  })
  const meetings = cohortDraftOf(body, context, []).meetings.filter(({ startsAt }) => startsAt.getTime() > 0)
  const files = Object.fromEntries([
    ['starter-kit.html', strToU8(htmlOf(pages))],
    ...pages.map((page) => [`${page.file}.md`, strToU8(textOf(page))] as const),
    ...(meetings.length ? [['meetings.ics', strToU8(calendarOf(proposalId, meetings, now))] as const] : []),
  ])
  const fileName = `starter-kit-${conveningSlug(body.title, 'community')}.zip`
  return ok({ fileName, bytes: zipSync(files) })
}

type Meeting = Readonly<{ title: string; startsAt: Date; endsAt: Date; place: string | null; joinUrl: string | null }>

function calendarOf(proposalId: ProposalId, meetings: readonly Meeting[], now: Date): string {
  const calendar = ical({ prodId: { company: 'Copractice', product: 'starter kit' } })
  for (const [at, { title, startsAt, endsAt, place, joinUrl }] of meetings.entries())
    calendar.createEvent({
      id: `${proposalId}-${at + 1}@copractice`,
      stamp: now,
      start: startsAt,
      end: endsAt,
      summary: title,
      location: [place, joinUrl].filter(Boolean).join(', '),
      ...(joinUrl?.startsWith('https://') && { url: joinUrl }),
    })
  return `${calendar.toString()}\r\n`
}

const textOf = ({ title, blocks }: KitPage): string =>
  [
    `# ${title}`,
    ...blocks.map((block) =>
      block.kind === 'list'
        ? block.items.map((item) => `- ${item}`).join('\n')
        : block.kind === 'heading'
          ? `## ${block.text}`
          : block.text,
    ),
  ].join('\n\n') + '\n'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character]!)

const sectionOf = ({ title, blocks }: KitPage, level: 1 | 2): string =>
  `<section><h${level}>${escape(title)}</h${level}>${blocks
    .map((block) =>
      block.kind === 'list'
        ? `<ul>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`
        : block.kind === 'heading'
          ? `<h${level + 1}>${escape(block.text)}</h${level + 1}>`
          : `<p>${escape(block.text)}</p>`,
    )
    .join('')}</section>`

/** One page that prints: each part begins on a sheet of its own. */
const htmlOf = (pages: readonly KitPage[]): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
  `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(pages[0]!.title)}</title>` +
  `<style>body{font:1rem/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}h1,h2,h3{line-height:1.2}` +
  `li{margin-block:.25rem}p{white-space:pre-wrap}section+section{break-before:page}</style></head><body><main>` +
  `${pages.map((page, at) => sectionOf(page, at === 0 ? 1 : 2)).join('')}</main></body></html>\n`
