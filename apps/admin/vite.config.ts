import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'

const config: UserConfig = {
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    // Every icon of InstUI is made by this call; saying that it does nothing else lets the unused ones be left out.
    rolldownOptions: { treeshake: { manualPureFunctions: ['wrapLucideIcon'] } },
    chunkSizeWarningLimit: 900,
  },
}
export default config
