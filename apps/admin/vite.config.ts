import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'

const config: UserConfig = {
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    // Every icon is made by these calls; saying that they do nothing else lets the unused ones be left out.
    rolldownOptions: { treeshake: { manualPureFunctions: ['wrapLucideIcon', 'createLucideIcon'] } },
    chunkSizeWarningLimit: 900,
  },
}
export default config
