import { randomBytes } from 'node:crypto'
import type { RegisteredTool, SimulatedLink, ToolRegistration } from './options.ts'
import type { Platform } from './platform.ts'
import { SCOPES } from './services/scopes.ts'
import type { Tool } from './state.ts'

/** Registers a tool by hand, or changes the one of that name; it keeps its ids and is turned on. */
export function registerTool(platform: Platform, registration: ToolRegistration): RegisteredTool {
  const known = platform.state.tools.find((tool) => tool.name === registration.name)
  const tool = { ...(known ?? newIds(platform)), ...describeTool(registration), active: true }
  if (known === undefined) platform.state.tools.push(tool)
  else platform.state.tools[platform.state.tools.indexOf(known)] = tool
  platform.save()
  return { clientId: tool.clientId, deploymentId: tool.deploymentId }
}

/** What an admin would fill in, with the defaults of an LMS. */
export function describeTool(
  registration: ToolRegistration,
): Omit<Tool, 'number' | 'clientId' | 'deploymentId' | 'active'> {
  const { name, loginUrl, launchUrl, jwksUrl, domain } = registration
  return {
    name,
    loginUrl,
    launchUrl,
    jwksUrl,
    domain,
    redirectUris: registration.redirectUris ?? [launchUrl],
    ...(registration.deepLinkingUrl === undefined ? {} : { deepLinkingUrl: registration.deepLinkingUrl }),
    custom: registration.custom ?? {},
    scopes: registration.scopes ?? SCOPES,
    ...(registration.legacyKey === undefined ? {} : { legacyKey: registration.legacyKey }),
  }
}

/** The next free ids in the profile's manner. */
export function newIds(platform: Platform): Pick<Tool, 'number' | 'clientId' | 'deploymentId'> {
  const number = Math.max(0, ...platform.state.tools.map((tool) => tool.number)) + 1
  return { number, ...platform.dialect.toolIds(platform, number) }
}

/** 15 letters and digits, as Moodle deals client ids. */
export function randomClientId(): string {
  return randomBytes(24)
    .toString('base64')
    .replaceAll(/[^a-zA-Z0-9]/g, '')
    .slice(0, 15)
}

export function toolByClientId(platform: Platform, clientId: unknown): Tool | undefined {
  return platform.state.tools.find((tool) => tool.clientId === clientId)
}

/** The tool a link launches: the one it names, else the first that is on. */
export function toolOfLink(platform: Platform, link: SimulatedLink | undefined): Tool | undefined {
  return platform.state.tools.find((tool) => (link?.tool === undefined ? tool.active : tool.name === link.tool))
}

/** Where the tool is to go for this link. */
export function targetOf(tool: Tool, link: SimulatedLink | undefined): string {
  if (link?.url !== undefined) return link.url
  return link?.targetPath === undefined ? tool.launchUrl : new URL(link.targetPath, tool.launchUrl).href
}

/** Every origin a tool's pages may come from: what frames and forms of this site may reach. */
export function toolOrigins(tools: Tool[]): string[] {
  const urls = tools.flatMap((tool) => [tool.loginUrl, tool.launchUrl, tool.deepLinkingUrl, ...tool.redirectUris])
  return [...new Set(urls.flatMap((url) => (url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [])))]
}
