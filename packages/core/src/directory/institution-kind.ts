import * as z from 'zod'

/** What takes part in a network. Only a campus has to be a member; partner organisations and local governments need not. */
export const InstitutionKind = z.enum(['campus', 'partner', 'local_government'])
export type InstitutionKind = z.infer<typeof InstitutionKind>
