import { expect, it } from 'vitest'
import { isOnPlatform, sitesOf } from './is-on-platform.ts'

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

it('takes a site that its messages named, to the letter, and no neighbour of it', () => {
  const seen = sitesOf(['https://canvas.riverside.example/api/lti/courses/1/line_items'])
  expect(isOnPlatform('https://canvas.riverside.example/courses/1/deep_linking_response?data=x', canvas, seen)).toBe(
    true,
  )
  for (const other of [
    'https://riverside.example/x',
    'http://canvas.riverside.example/x',
    'https://canvas.riverside.example:8443/x',
  ])
    expect(isOnPlatform(other, canvas, seen)).toBe(false)
})

it('learns sites from https addresses alone, and none that a header could be broken with', () => {
  const odd = [
    'http://a.example/x',
    'https://me@b.example/',
    'blob:https://h.example/x',
    'https://c;d.example/',
    'https://e,f.example',
    'x',
    null,
    undefined,
  ]
  expect(sitesOf([...odd, 'https://G.example:8443/x', 'https://g.example:8443/y'])).toEqual(['https://g.example:8443'])
})
