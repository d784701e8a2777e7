import { Router, type RequestHandler } from 'express'
import type { Platform } from '../platform.ts'

export function pageRoutes(_platform: Platform, _form: RequestHandler): Router {
  return Router()
}
