import * as z from 'zod'
import { PersonId, RegionId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'

const RegionName = z.strictObject({ name: z.string().trim().min(1).max(120) })

/** The regions of the network that the reader coordinates, or all, with who coordinates them. */
export const listRegionsKept = route({
  method: 'GET',
  path: '/api/regions',
  response: z.object({
    regions: z.array(
      z.object({
        id: RegionId,
        name: z.string(),
        institutions: z.int(),
        coordinators: z.array(z.object({ id: PersonId, name: z.string().nullable(), email: z.string().nullable() })),
        mayRename: z.boolean(),
      }),
    ),
    mayAdd: z.boolean(),
  }),
})
export const addRegion = route({
  method: 'POST',
  path: '/api/regions',
  body: RegionName,
  response: z.object({ id: RegionId }),
  refusals: ['directory.not_found', 'directory.region_name_taken'],
})
export const renameRegion = route({
  method: 'PUT',
  path: '/api/regions/:regionId',
  params: z.object({ regionId: RegionId }),
  body: RegionName,
  response: z.undefined(),
  refusals: ['directory.not_found', 'directory.region_name_taken'],
})
