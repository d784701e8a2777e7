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
