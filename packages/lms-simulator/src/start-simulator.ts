import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { createFaults } from './faults.ts'
import { addLinkColumns, gradeByHand, readGradebook } from './gradebook.ts'
import { makeSigningKey, signClaims } from './keys.ts'
import { launchOfLink } from './launch/begin.ts'
import { claimsOf } from './launch/id-token.ts'
import { openLaunchDesk } from './launch/launch-desk.ts'
import { placeLink } from './links.ts'
import type { LaunchChoice, LmsSimulator, SimulatorOptions } from './options.ts'
import { noteChanges } from './services/memberships.ts'
import { courseOf, findLink, findPerson, linksOf, type Platform } from './platform.ts'
import { canvas } from './profiles/canvas.ts'
import { moodle } from './profiles/moodle.ts'
import { registrationUrl } from './registration.ts'
import { openState } from './state.ts'
import { registerTool, toolByClientId } from './tools.ts'

const HOST = '127.0.0.1'

/** Starts an LTI 1.3 platform on this machine: its pages, its services and the hooks for tests. */
export async function startLmsSimulator(options: SimulatorOptions): Promise<LmsSimulator> {
  let app: RequestListener | undefined
  const server = createServer((req, res) => {
    if (app === undefined) res.writeHead(503, { 'Retry-After': '1' }).end()
    else app(req, res)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? HOST, resolve)
  })
  const platform = await assemble(options, (server.address() as AddressInfo).port)
  app = createApp(platform)
  return describe(platform, async () => {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)))
      server.closeAllConnections()
    })
  })
}

async function assemble(options: SimulatorOptions, port: number): Promise<Platform> {
  const { profile, name } = options
  const now = options.clock ?? (() => new Date())
  const url = (options.publicUrl ?? `http://${HOST}:${port}`).replace(/\/$/, '')
  const { state, save } = openState(options.stateFolder, profile)
  if (state.keys.length === 0) state.keys.push(await makeSigningKey())
  const platform: Platform = {
    profile,
    dialect: profile === 'canvas' ? canvas : moodle,
    name,
    url,
    issuer: options.issuer ?? url,
    siblings: options.siblings ?? [],
    mail: options.mail,
    now,
    courses: structuredClone(options.courses),
    state,
    save,
    faults: createFaults(),
    desk: openLaunchDesk(profile, now),
    keySets: new Map(),
    keepsKeySetsSeconds: options.keepsKeySetsSeconds ?? 0,
    offersDifferences: options.offersDifferences ?? false,
    rosterChanges: [],
    seen: new Set(),
    cookieName: `lms_${profile}_${port}`,
    nextIdToken: undefined,
  }
  addLinkColumns(platform)
  save()
  return platform
}

/** The programming interface over a platform. */
function describe(platform: Platform, close: () => Promise<void>): LmsSimulator {
  const { state, dialect, url } = platform
  const endpoint = (name: keyof typeof dialect.paths) => url + dialect.paths[name]
  const linkOf = (courseId: string, linkId: string) => {
    const link = findLink(platform, courseOf(platform, courseId), linkId)
    if (link === undefined) throw new Error(`no link ${linkId} in ${courseId}`)
    return link
  }
  const idTokenClaims = (choice: LaunchChoice = {}) => {
    const course = courseOf(platform, choice.course ?? platform.courses[0]?.id ?? '')
    const person = findPerson(course, choice.person ?? course.people.find(({ role }) => role === 'learner')?.id)
    const link = findLink(platform, course, choice.link ?? linksOf(platform, course)[0]?.id)
    if (person === undefined || link === undefined) throw new Error(`no such person or link in ${course.id}`)
    const launch = launchOfLink(platform, course, person, link)
    if ('reason' in launch) throw new Error(launch.reason)
    return claimsOf(platform, launch, choice.nonce ?? 'nonce')
  }
  return {
    url,
    issuer: platform.issuer,
    profile: platform.profile,
    endpoints: {
      authorization: endpoint('authorization'),
      token: endpoint('token'),
      jwks: endpoint('jwks'),
      openidConfiguration: endpoint('openidConfiguration'),
      registration: endpoint('registration'),
    },
    registerTool: (tool) => registerTool(platform, tool),
    registrationUrl: (toolUrl) => registrationUrl(platform, toolUrl),
    activateTool(clientId) {
      const tool = toolByClientId(platform, clientId)
      if (tool === undefined) throw new Error(`no tool ${clientId}`)
      tool.active = true
      platform.save()
      return { clientId: tool.clientId, deploymentId: tool.deploymentId }
    },
    tools: () =>
      state.tools.map(({ clientId, deploymentId, name, active }) => ({ clientId, deploymentId, name, active })),
    addLink: (courseId, link) => placeLink(platform, courseOf(platform, courseId), link),
    links: (courseId) => linksOf(platform, courseOf(platform, courseId)),
    changeCourse(courseId, change) {
      const course = courseOf(platform, courseId)
      if (change.people !== undefined) noteChanges(platform, course, change.people)
      Object.assign(course, structuredClone(change))
    },
    contextId: (courseId) => dialect.contextId(platform, courseOf(platform, courseId)),
    resourceLinkId: (courseId, linkId) =>
      dialect.resourceLinkId(platform, courseOf(platform, courseId), linkOf(courseId, linkId)),
    gradebook: (courseId) => readGradebook(platform, courseOf(platform, courseId)),
    gradeByHand: (courseId, columnId, personId, score) =>
      gradeByHand(platform, courseOf(platform, courseId), columnId, personId, score),
    changeColumn(courseId, columnId, change) {
      const column = state.columns.find((each) => each.id === columnId && each.courseId === courseId)
      if (column === undefined) throw new Error(`no column ${columnId} in ${courseId}`)
      Object.assign(column, change)
      platform.save()
    },
    log: () => structuredClone(state.log),
    setFault: (fault) => platform.faults.set(fault),
    async rotateKeys({ overlap }) {
      const fresh = await makeSigningKey()
      state.keys = overlap ? [...state.keys.slice(-1), fresh] : [fresh]
      platform.save()
    },
    idTokenClaims,
    signIdToken(changes = {}, how = {}) {
      const claims = Object.entries({ ...idTokenClaims(how), ...changes }).filter(([, value]) => value !== undefined)
      return signClaims(state, Object.fromEntries(claims), how)
    },
    onIdToken(hook) {
      platform.nextIdToken = hook
    },
    close,
  }
}
