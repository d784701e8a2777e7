import { Router } from 'express'
import { openScope } from '@copractice/store/database'

/** Mounted before the routes: each request gets a scope, which its session binds to one network. */
export const ownScope: Router = Router().use((_req, _res, next) => openScope(next))
