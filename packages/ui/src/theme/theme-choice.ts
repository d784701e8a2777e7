import { useSyncExternalStore } from 'react'
import { keep, kept } from '../draft/local-keep.ts'

export const THEMES = ['light', 'dark', 'contrast', 'contrast-dark'] as const
export type ThemeName = (typeof THEMES)[number]

const KEY = 'copractice.theme'
const listeners = new Set<() => void>()
const isTheme = (name: unknown): name is ThemeName => THEMES.some((theme) => theme === name)

/**
 * Puts the reader's theme on <html>: their own choice if this browser keeps one, else `otherwise`. Inside an LMS that
 * is light whatever the system says, because the page around it is white; elsewhere `systemTheme()`.
 */
export function applyTheme(otherwise: ThemeName): void {
  const chosen = kept(KEY)
  document.documentElement.dataset.theme = isTheme(chosen) ? chosen : otherwise
}

export function systemTheme(): ThemeName {
  const wants = (query: string) => window.matchMedia(query).matches
  const isDark = wants('(prefers-color-scheme: dark)')
  if (wants('(prefers-contrast: more)')) return isDark ? 'contrast-dark' : 'contrast'
  return isDark ? 'dark' : 'light'
}

/** The theme in use and a setter that remembers the choice in this browser where storage is allowed. */
export function useThemeChoice(): readonly [ThemeName, (name: ThemeName) => void] {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => document.documentElement.dataset.theme as ThemeName,
  )
  const choose = (name: ThemeName) => {
    document.documentElement.dataset.theme = name
    keep(KEY, name)
    for (const listener of listeners) listener()
  }
  return [isTheme(current) ? current : 'light', choose]
}
