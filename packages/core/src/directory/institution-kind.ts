import * as z from 'zod'

/**
 * What takes part in a network. Only a campus has to be a member. A state or regional office proposes as a member does
 * (Campus Compact FAQ 1); partner organisations and local governments join those who propose.
 */
export const InstitutionKind = z.enum(['campus', 'office', 'partner', 'local_government'])
export type InstitutionKind = z.infer<typeof InstitutionKind>

const SAID: Readonly<Record<string, InstitutionKind>> = {
  'state office': 'office',
  'regional office': 'office',
  'state or regional office': 'office',
  'state / regional office': 'office',
  'partner organisation': 'partner',
  'partner organization': 'partner',
}

/** The kind that words in a list mean, whatever their case; undefined for others. */
export function kindSaid(words: string): InstitutionKind | undefined {
  const plain = words
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
  return SAID[plain] ?? InstitutionKind.options.find((kind) => kind.replaceAll('_', ' ') === plain)
}
