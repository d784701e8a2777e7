import type { RegistrationRefusal } from '@copractice/core/connection'
import type { RefusalWords } from './refusal-words.ts'

const REGISTRATION = 'Your LMS could not be registered'

/** What a refused registration says to the LMS administrator who started it. */
export const REGISTRATION_WORDS: Readonly<Record<RegistrationRefusal, RefusalWords>> = {
  'registration.invite_unknown': {
    status: 403,
    title: 'This invite has been used, or its 7 days are over',
    lede: 'An invite registers one LMS once. Your network’s coordinator can make a new one.',
    administrators: [
      'If the registration had worked, the connection is listed under Institutions and LMS, at your institution.',
    ],
  },
  'registration.request_incomplete': {
    status: 400,
    title: 'This address is for your LMS',
    lede: 'Paste it where your LMS asks for a tool’s registration or initiation URL. The LMS then adds what we need.',
    administrators: [
      'Canvas: Admin, Apps, Manage, Install a New App, Dynamic Registration. Moodle: Site administration, Manage tools, Tool URL.',
    ],
  },
  'registration.address_refused': {
    status: 400,
    title: REGISTRATION,
    lede: 'Your LMS named an address that we may not call: not https, or not on the open internet.',
    administrators: ['All addresses in the LMS’s OpenID configuration are held to this. The invite still holds.'],
  },
  'registration.configuration_unreadable': {
    status: 400,
    title: REGISTRATION,
    lede: 'We could not read how your LMS is set up. The invite still holds: you can try again.',
    administrators: [
      'The openid_configuration address has to answer with JSON in 10 seconds; redirects are not followed.',
    ],
  },
  'registration.issuer_mismatch': {
    status: 400,
    title: REGISTRATION,
    lede: 'Your LMS describes itself under another name than the one it is reached by, so we stopped.',
    administrators: ['The issuer and every endpoint have to be on the host of the openid_configuration address.'],
  },
  'registration.already_registered': {
    status: 409,
    title: 'This LMS is registered already',
    lede: 'The same issuer and client id are known here. Nothing was changed.',
    administrators: ['Remove the tool in the LMS before registering it again, or ask the coordinator to look.'],
  },
  'registration.lms_refused': {
    status: 400,
    title: REGISTRATION,
    lede: 'Your LMS did not accept the registration. The invite still holds: you can try again.',
    administrators: ['The LMS’s registration token lasts one hour and works once: start again from the LMS.'],
  },
}
