import type { ReactNode } from 'react'
import { InstUISettingsProvider } from '@instructure/ui/v11_7'
import { theme, themeOverride } from './instui-theme.ts'

/** InstUI in our colours. Around everything, once. */
export function AppTheme({ children }: { children: ReactNode }) {
  return (
    <InstUISettingsProvider theme={theme} themeOverride={themeOverride}>
      {children}
    </InstUISettingsProvider>
  )
}
