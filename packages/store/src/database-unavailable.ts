/** The database cannot be used; the message is one line for the person who started the process. */
export class DatabaseUnavailable extends Error {}
