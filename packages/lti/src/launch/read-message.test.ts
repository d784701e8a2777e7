import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { LaunchingPlatform } from '@copractice/store/connection'
import { CLAIMS } from './claims.ts'
import type { BegunLogin } from './login-state.ts'
import { readMessage } from './read-message.ts'

const login = { isTarget: () => true, isDeployment: () => true } as unknown as BegunLogin
const platform = { issuer: 'https://lms.example', anonymousLaunches: 'refuse' } as LaunchingPlatform
const message = (locale: string) =>
  JSON.stringify({
    sub: '7',
    [CLAIMS.version]: '1.3.0',
    [CLAIMS.messageType]: 'LtiResourceLinkRequest',
    [CLAIMS.deploymentId]: '1',
    [CLAIMS.targetLinkUri]: 'https://tool.example/lti/launch',
    [CLAIMS.roles]: [],
    [CLAIMS.resourceLink]: { id: 'l' },
    [CLAIMS.presentation]: { locale },
  })
const read = (text: string) => readMessage(JSON.parse(text), { platform, login, sites: [] })

it('remembers names of languages, and not the messages that they came in', () => {
  setFlagsFromString('--expose-gc')
  const tidyUp = runInNewContext('gc') as () => void
  expect(read(message('en_us')).locale).toBe('en-US')
  tidyUp()
  const before = process.memoryUsage().heapUsed
  for (let number = 0; number < 60; number++)
    expect(read(message(`en_x_${String(number).padStart(8, '0')}_${'y'.repeat(200_000)}`)).locale).toBeNull()
  tidyUp()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(6_000_000)
})
