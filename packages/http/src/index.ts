export { createServer, type ServerOptions } from './create-server.ts'
export { listen, type Listening } from './listen.ts'
export { Unauthenticated } from './problem.ts'
export { routesFor, type Handler, type Served, type StatusOf } from './routes-for.ts'
