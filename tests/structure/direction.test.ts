import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Every workspace, and the workspaces it may import. Imports run one way only, downwards in docs of the layout. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'packages/core': [],
  'packages/store': ['core'],
  'packages/lti': ['core', 'store'],
  'packages/services': ['core', 'store', 'lti'],
  'packages/http': ['core'],
  'packages/ui': ['core'],
  'packages/lms-simulator': [],
  'apps/lti-tool': ['core', 'store', 'lti', 'services', 'http', 'ui'],
  'apps/admin': ['core', 'store', 'lti', 'services', 'http', 'ui'],
  'apps/demo': ['core', 'store', 'lti', 'services', 'http', 'lms-simulator', 'lti-tool', 'admin'],
}
/** In the two apps, `web` runs in the browser and sees only the contracts and the parts. */
const WEB_MAY_IMPORT = ['core', 'ui']

const SLICES = [
  'connection',
  'directory',
  'programme',
  'proposal',
  'cohort',
  'meeting',
  'convening',
  'practice',
  'portfolio',
  'review',
  'gradebook',
  'notice',
  'report',
]
const BESIDE_SLICES: Record<string, readonly string[]> = {
  'packages/core': ['kernel'],
  'packages/store': ['testing'],
  'packages/services': ['jobs', 'testing'],
}

const workspaceOf = (file: string) => file.split('/').slice(0, 2).join('/')
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.includes('/testing/')
const sources = globSync('{packages,apps}/*/src/**/*.{ts,tsx}')
const production = sources.filter((file) => !isTest(file))
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?<![\w/'".-])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1]!,
  )
const strays = (files: string[], isStray: (spec: string, file: string) => boolean) =>
  files.flatMap((file) => importsOf(file).flatMap((spec) => (isStray(spec, file) ? [`${file} -> ${spec}`] : [])))

describe('imports', () => {
  it('are looked at in every workspace', () => {
    const unknown = globSync('{packages,apps}/*/package.json')
      .map((file) => workspaceOf(file))
      .filter((w) => !(w in MAY_IMPORT))
    expect(unknown).toEqual([])
    expect(sources.length).toBeGreaterThan(50)
  })

  it('between packages run downwards only', () => {
    const isUpward = (spec: string, file: string) => {
      const target = /^@copractice\/([^/]+)/.exec(spec)?.[1]
      return target !== undefined && !MAY_IMPORT[workspaceOf(file)]!.includes(target)
    }
    expect(strays(production, isUpward)).toEqual([])
  })

  it('of web code reach contracts and parts, never a server', () => {
    const isServerSide = (spec: string, file: string) => {
      if (!file.startsWith('apps/') || !file.includes('/src/web/')) return false
      const target = /^@copractice\/([^/]+)/.exec(spec)?.[1]
      if (target !== undefined) return !WEB_MAY_IMPORT.includes(target)
      return (
        spec.startsWith('node:') ||
        (spec.startsWith('.') && posix.join(posix.dirname(file), spec).includes('/src/server/'))
      )
    }
    expect(strays(production, isServerSide)).toEqual([])
  })

  it('of core are zod and core itself', () => {
    const files = production.filter((file) => file.startsWith('packages/core/'))
    expect(strays(files, (spec) => spec !== 'zod' && !spec.startsWith('.'))).toEqual([])
  })

  it('of ltijs stand in packages/lti alone', () => {
    expect(strays(production, (spec, file) => spec.startsWith('ltijs') && !file.startsWith('packages/lti/'))).toEqual(
      [],
    )
  })

  it('by relative path stay inside their workspace', () => {
    const leaves = (spec: string, file: string) =>
      spec.startsWith('.') && !posix.join(posix.dirname(file), spec).startsWith(`${workspaceOf(file)}/`)
    expect(strays(sources, leaves)).toEqual([])
  })
})

describe('rules and configuration', () => {
  it('core is told the time, the dice and the environment; it never reads them', () => {
    const impure = /new Date\(\)|Date\.now|Math\.random|\bprocess\.|\bfetch\(|crypto\./
    const files = production.filter((file) => file.startsWith('packages/core/'))
    expect(files.filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it('the environment is read by config files and start scripts only', () => {
    const readers = production.filter((file) => /process\.env/.test(readFileSync(file, 'utf8')))
    const allowed = /\/(config|main|start|reset)\.ts$/
    expect(readers.filter((file) => !allowed.test(file))).toEqual([])
  })
})

describe('folders and files', () => {
  it('no folder is named for having nowhere else to go', () => {
    const drawers = globSync('{packages,apps,tests}/**/{shared,common,utils,util,helpers,misc,lib}', {
      exclude: (path) => /node_modules|dist/.test(path),
    })
    expect(drawers).toEqual([])
  })

  it('the folders of core, store and services are slices of the closed list', () => {
    const strangers = ['packages/core', 'packages/store', 'packages/services'].flatMap((workspace) =>
      globSync(`${workspace}/src/*/`)
        .map((folder) => posix.basename(folder))
        .filter((name) => !SLICES.includes(name) && !BESIDE_SLICES[workspace]!.includes(name))
        .map((name) => `${workspace}/src/${name}`),
    )
    expect(strangers).toEqual([])
  })

  it('a source file has at most 300 lines, a test 500', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length
    const tooLong = sources
      .filter((file) => lines(file) > (isTest(file) ? 500 : 300))
      .map((file) => `${file}: ${lines(file)}`)
    expect(tooLong).toEqual([])
  })
})
