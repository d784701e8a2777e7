import { light } from '@instructure/ui-themes'
import type { NewThemeOverrideObject } from '@instructure/ui-themes'

const v = (name: string) => `var(--co-${name})`
const filled = (base: string, hover = base, active = hover) => ({ base, hover, active, disabled: v('off') })
/** Edges and words. */
const drawn = (base: string, hover = base, active = hover) => ({ base, hover, active, disabled: v('off-ink') })

const brand = [v('brand'), v('brand-hover'), v('brand-active')] as const
const status = { success: v('ok'), warning: v('warn'), error: v('bad'), info: v('info') }

/**
 * InstUI's semantics as references to our CSS variables, so that one attribute on <html>, data-theme, switches its
 * components and our own drawings together.
 */
const semantics = {
  fontFamily: { base: v('sans'), heading: v('sans'), code: v('mono') },
  fontSize: { textXs: '0.8125rem', textXl: '1.5rem', text2xl: '1.875rem' },
  borderRadius: { interactive: { base: '0.5rem' }, container: { sm: '0.5rem', md: '0.75rem', lg: '0.75rem' } },
  color: {
    background: {
      ...status,
      base: v('surface'),
      page: v('page'),
      container: v('surface'),
      muted: v('sunken'),
      mutedHover: v('line'),
      brand: v('brand'),
      elevatedSurface: { base: v('surface') },
      overlay: { base: v('veil') },
      interactive: {
        input: { base: v('surface'), hover: v('sunken'), selected: v('brand'), disabled: v('off') },
        action: {
          primary: filled(...brand),
          secondary: filled(v('brand-soft'), v('brand-soft-hover')),
          tertiary: { hover: v('sunken'), active: v('line') },
          destructive: { ...filled(v('bad')), secondary: { hover: v('bad-soft'), active: v('bad-soft') } },
        },
      },
    },
    stroke: {
      ...status,
      base: v('line-strong'),
      muted: v('line'),
      strong: v('ink-2'),
      container: { base: v('line') },
      brand: v('brand'),
      interactive: {
        focusRing: { base: v('focus') },
        input: { base: v('line-strong'), hover: v('ink-2'), selected: v('brand'), disabled: v('off-ink') },
        action: {
          primary: drawn(...brand),
          secondary: drawn(v('brand-soft-line')),
          tertiary: drawn(v('line-strong')),
          destructive: { ...drawn(v('bad')), secondary: drawn(v('bad')) },
        },
      },
    },
    text: {
      ...status,
      base: v('ink'),
      muted: v('ink-2'),
      onColor: v('on-status'),
      inverse: v('on-brand'),
      interactive: {
        input: {
          base: v('ink'),
          hover: v('ink'),
          readonly: v('ink'),
          placeholder: v('ink-2'),
          disabled: v('off-ink'),
        },
        navigation: { primary: drawn(v('link'), v('brand-hover'), v('brand-active')) },
        action: {
          primary: drawn(v('on-brand')),
          secondary: drawn(v('link')),
          tertiary: drawn(v('ink')),
          status: drawn(v('on-status')),
          destructiveSecondary: drawn(v('bad')),
        },
      },
    },
    icon: { ...status, base: v('ink'), muted: v('ink-2'), onColor: v('on-status'), brand: v('link') },
  },
}

/** The override for the components of `@instructure/ui/v11_7`; its own types ask for every token, ours are the changed ones. */
export const themeOverride = {
  semantics,
  components: {
    RadioInput: {
      toggleBackgroundOff: v('brand'),
      toggleBackgroundSuccess: v('brand'),
      toggleHandleText: v('on-brand'),
    },
  },
} as unknown as NewThemeOverrideObject

/** The veil behind a Modal is still an 11.6 part in 11.7.3 and reads the older kind of override. */
export const theme = {
  ...light,
  componentOverrides: { Mask: { background: v('veil'), borderRadius: '0.75rem' } },
}
