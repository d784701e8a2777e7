import { Router } from 'express'
import type { Db } from '@copractice/store/database'
import { isFramed } from '../launch/form.ts'
import { Refused } from '../launch/refused.ts'
import type { Outgoing } from '../net/outgoing.ts'
import { html } from '../pages/html.ts'
import { sendPage } from '../pages/shell.ts'
import { registerLms } from './register-lms.ts'

type Deps = Readonly<{ db: Db; outgoing: Outgoing; publicUrl: string; clock: () => Date }>

/** `/lti/register/<invite>`: what an LMS administrator pastes into their LMS. The LMS opens it with two parameters added. */
export function registrationRoutes(deps: Deps): Router {
  const router = Router()
  router.get('/:invite', async (req, res) => {
    const { openid_configuration: openidConfiguration, registration_token: registrationToken } = req.query
    await registerLms({ invite: req.params.invite, openidConfiguration, registrationToken }, deps)
    sendPage(res, 200, {
      title: 'Registered',
      framedBy: 'any',
      isFramed: isFramed(req) ?? false,
      script: `(window.opener || window.parent).postMessage({ subject: 'org.imsglobal.lti.close' }, '*')`,
      body: html`<h1>Your LMS is registered</h1>
        <p class="lede">
          A coordinator of your network confirms the connection now. After that the tool opens from your courses. You
          can close this window; in your LMS, switch the tool on.
        </p>`,
    })
  })
  router.get('/', () => {
    throw new Refused('registration.request_incomplete')
  })
  router.all(['/', '/:invite'], (_req, res) => {
    res.set('allow', 'GET')
    throw new Refused('launch.method_not_allowed')
  })
  return router
}
