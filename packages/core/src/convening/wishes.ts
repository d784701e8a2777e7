import * as z from 'zod'

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

/** Wishes from a form, with what somebody would like to talk about as a list: as they separated it, in lower case. */
export function wishesOf(asked: AskedWishes, interests: string): Wishes {
  const themes = interests
    .toLowerCase()
    .split(/[,;\n]/)
    .map((theme) => theme.trim())
    .filter((theme) => theme && theme.length <= 60)
  return { ...asked, interests: [...new Set(themes)].slice(0, 20), with: [], notWith: [] }
}
