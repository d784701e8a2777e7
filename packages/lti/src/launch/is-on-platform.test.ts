import { expect, it } from 'vitest'
import { isOnPlatform } from './is-on-platform.ts'

const moodle = {
  issuer: 'https://moodle.example/lms',
  authorizationEndpoint: 'https://moodle.example/lms/mod/lti/auth.php',
}
const canvas = {
  issuer: 'https://canvas.instructure.com',
  authorizationEndpoint: 'https://sso.canvaslms.com/api/lti/authorize_redirect',
}

it.each([
  [moodle, 'https://moodle.example/lms/mod/lti/contentitem_return.php?sesskey=1'],
  [canvas, 'https://riverside.instructure.com/courses/1/deep_linking_response?data=x'],
  [canvas, 'https://sso.canvaslms.com/x'],
])('takes an address of the platform', (platform, address) => {
  expect(isOnPlatform(address, platform)).toBe(true)
})

it.each([
  [moodle, 'http://moodle.example/x'],
  [moodle, 'https://moodle.example.evil.example/x'],
  [moodle, 'https://moodle.example:8443/x'],
  [moodle, 'https://riverside.instructure.com/x'],
  [canvas, 'https://riverside.instructure.com.evil.example/x'],
  [canvas, 'https://eviltructure.com/x'],
  [canvas, 'http://riverside.instructure.com/x'],
  [canvas, 'javascript:alert(1)'],
])('takes no other', (platform, address) => {
  expect(isOnPlatform(address, platform)).toBe(false)
})
