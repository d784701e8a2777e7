import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'

/** Where files lie, under keys that say nothing about who or what. */
export type UploadStorage = Readonly<{
  keep: (key: string, path: string) => Promise<void>
  keepBytes: (key: string, bytes: Uint8Array) => Promise<void>
  open: (key: string) => Promise<Readable>
  remove: (key: string) => Promise<void>
}>

/** Files in a folder of this machine, or of one that all processes share. */
export function openUploadStorage({ folder }: Readonly<{ folder: string }>): UploadStorage {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  return {
    keep: (key, path) => disk.putStream(key, createReadStream(path)),
    keepBytes: (key, bytes) => disk.put(key, bytes),
    open: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
  }
}
