import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { takeChoice } from './deep-linking.ts'
import { authorize } from './launch/authorize.ts'
import { beginLaunch } from './launch/begin.ts'
import { pageRoutes } from './pages/routes.ts'
import { sendNotice } from './pages/respond.ts'
import type { Platform } from './platform.ts'
import { register } from './registration.ts'
import { serviceRoutes } from './services/routes.ts'

/** Every address of a simulator. */
export function createApp(platform: Platform): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  const form = express.urlencoded({ extended: false, limit: '1mb' })
  const { paths } = platform.dialect

  app.use(serviceRoutes(platform))
  app.get(paths.authorization, (req, res) => authorize(platform, req, res))
  app.post(paths.authorization, form, (req, res) => authorize(platform, req, res))
  app.get('/launch', (req, res) => beginLaunch(platform, req, res))
  const choice =
    platform.profile === 'canvas' ? '/courses/:course/deep_linking_response' : '/mod/lti/contentitem_return.php'
  app.post(choice, form, (req, res) => takeChoice(platform, req, res))
  for (const path of new Set([paths.openidConfiguration, '/.well-known/openid-configuration']))
    app.get(path, (_req, res) => void res.json(platform.dialect.openidConfiguration(platform)))
  app.post(paths.registration, express.json({ limit: '1mb' }), (req, res) => register(platform, req, res))
  app.use(pageRoutes(platform, form))

  app.use((_req, res) => sendNotice(platform, res, 404, 'There is nothing here', 'Go back to the course.'))
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error)
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
    sendNotice(platform, res, status, 'That did not work', error instanceof Error ? error.message : 'Something broke.')
  })
  return app
}
