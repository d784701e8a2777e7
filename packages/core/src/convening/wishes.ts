import * as z from 'zod'
import { EmailAddress } from '../directory/contract.ts'

const texts = z.array(z.string().max(200)).max(200).default([])

/** What somebody says about being placed into a cohort. `with` and `notWith` are addresses; `slots` weekly times such as `mon-15`. */
export const Wishes = z.object({
  canChair: z.boolean().default(false),
  interests: texts,
  languages: texts,
  slots: texts,
  with: texts,
  notWith: texts,
})
export type Wishes = z.infer<typeof Wishes>

/** What a registration form asks about a cohort. Whom somebody wants to be with or apart from is not asked there. */
export const AskedWishes = z.strictObject({
  canChair: z.boolean(),
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/)).max(20),
  slots: z.array(z.string().regex(/^(mon|tue|wed|thu|fri|sat|sun)-([01]\d|2[0-3])$/)).max(168),
})
export type AskedWishes = z.infer<typeof AskedWishes>
export const NO_WISHES: AskedWishes = { canChair: false, languages: [], slots: [] }

const Company = z.array(EmailAddress).max(20)
/**
 * What somebody who is registered says of being placed, on their own page: `interests` in their words, and the addresses
 * of those they would like to be with or apart from. A list that was imported may have named languages in another way.
 */
export const MyWishes = AskedWishes.extend({
  languages: z.array(z.string().trim().toLowerCase().min(1).max(200)).max(20),
  interests: z.string().trim().max(2000),
  with: Company,
  notWith: Company,
})
export type MyWishes = z.infer<typeof MyWishes>
type Named = Pick<MyWishes, 'with' | 'notWith'>

/** Wishes from a form, with what somebody would like to talk about as a list: as they separated it, in lower case. */
export function wishesOf(asked: AskedWishes, interests: string, named: Named = { with: [], notWith: [] }): Wishes {
  const { canChair, languages, slots } = asked
  const themes = interests
    .toLowerCase()
    .split(/[,;\n]/)
    .map((theme) => theme.trim())
    .filter((theme) => theme && theme.length <= 60)
  return {
    canChair,
    languages,
    slots,
    interests: [...new Set(themes)].slice(0, 20),
    with: named.with,
    notWith: named.notWith,
  }
}
