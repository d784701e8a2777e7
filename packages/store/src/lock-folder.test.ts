import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { lockFolder } from './lock-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'copractice-lock-'))
afterAll(() => rmSync(parent, { recursive: true }))
const freshFolder = () => mkdtempSync(join(parent, 'folder-'))

it('refuses a folder that is already open, and gives it again once released', () => {
  const folder = freshFolder()
  const release = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(/in use/)
  release()
  lockFolder(folder)()
})

it('refuses while the process that holds the folder lives', () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'process.lock'), JSON.stringify({ pid: process.ppid, started: null }))
  expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${process.ppid}`))
})

it('takes over the lock of a process that was killed', () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'process.lock'), JSON.stringify({ pid: 2 ** 22 - 1, started: null }))
  lockFolder(folder)()
})

it('takes over a lock whose process number now belongs to somebody else', () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'process.lock'), JSON.stringify({ pid: process.pid, started: null }))
  lockFolder(folder)()
})
