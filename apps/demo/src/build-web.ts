import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the web apps; quick when nothing changed since the last time. Rejects with the builder's last lines. */
export function buildWeb(): Promise<void> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  return new Promise((resolve, reject) => {
    const build = spawn(
      `${root}/node_modules/.bin/turbo`,
      ['run', 'build', '--output-logs=errors-only', '--no-update-notifier'],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let said = ''
    for (const stream of [build.stdout, build.stderr])
      stream.on('data', (chunk) => (said = (said + String(chunk)).slice(-4000)))
    build.once('error', reject)
    build.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The web apps could not be built:\n${said}`)),
    )
  })
}
