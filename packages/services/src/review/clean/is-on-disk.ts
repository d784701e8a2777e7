const BEGINS_ON_DISK = /^\s*(?:file:|[a-z]:[\\/]|\\\\)/i
/** As Windows, Unix and the older Macintosh write it, wherever in a value it stands. */
const FOLDER_OF_SOMEBODY = /[a-z]:\\|[\\/:](?:users|home)[\\/:]/i
const ON_THE_WEB = /^\s*(?:https?|mailto):/i

/** Whether this is, or holds, an address on its writer's own disk: it mostly names its folder's owner. */
export const isOnDisk = (value: string): boolean =>
  BEGINS_ON_DISK.test(value) || (!ON_THE_WEB.test(value) && FOLDER_OF_SOMEBODY.test(value))
