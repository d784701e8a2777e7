/**
 * For pino's `redact`: where errors of the database carry what people wrote. node-postgres tells row values in `detail`
 * and `where`; the embedded engine hands the statement and its parameters along.
 */
export const KEPT_OUT_OF_LOGS: string[] = ['detail', 'where', 'query', 'params', 'parameters'].flatMap((field) => [
  `err.${field}`,
  `err.cause.${field}`,
])
