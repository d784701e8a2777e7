/** A person's tie to an institution (eligibility.affiliation). */
export const AFFILIATIONS = ['faculty', 'staff', 'administrator', 'student', 'community_partner'] as const
export type Affiliation = (typeof AFFILIATIONS)[number]
