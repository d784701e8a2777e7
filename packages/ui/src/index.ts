export {
  createApi,
  isPassing,
  type Answer,
  type Call,
  type CallProblem,
  type CommonCode,
  type Given,
} from './api/create-api.ts'
export {
  ApiProvider,
  CallFailed,
  createQueryClient,
  routeKey,
  useCall,
  useRoute,
  useSend,
  type Loading,
  type Sending,
} from './api/use-route.tsx'
export { usePages, type LoadingPages } from './api/use-pages.ts'
export { asSaveAnswer } from './draft/as-save-answer.ts'
export { BothVersions } from './draft/both-versions.tsx'
export { newId } from './draft/new-id.ts'
export { canKeep, drop, keep, kept } from './draft/local-keep.ts'
export { SaveState } from './draft/save-state.tsx'
export type { SaveAnswer, SaveStatus } from './draft/create-saver.ts'
export { useAutosave, type Autosave } from './draft/use-autosave.ts'
export { BrandMark } from './frame/brand-mark.tsx'
export { SideFrame, SkipLink, TopBar, type FrameHome, type NavItem } from './frame/frame.tsx'
export { Card, PageTitle, pageMoved, Section } from './frame/page.tsx'
export { ActionButton, TextButton } from './parts/action-button.tsx'
export { ConfirmModal } from './parts/confirm-modal.tsx'
export { DataTable, useMedia, type Column } from './parts/data-table.tsx'
export { Icon, type IconName } from './parts/icon.tsx'
export { AppLink, ButtonLink, LinkProvider, type Weight, useGoTo } from './parts/link.tsx'
export { LiveProvider, Spoken, useTell, type Told } from './parts/live.tsx'
export { InOrder } from './parts/in-order.tsx'
export { EmptyState, Loaded, LoadingLines, Notice, ProblemNotice, StatusPill, type Tone } from './parts/notices.tsx'
export { saveFile } from './parts/save-file.ts'
export { useSayProblem } from './parts/say-problem.ts'
export { ShowMore } from './parts/show-more.tsx'
export { LetterBadge, SeatRing, type Mark, type RingSeat } from './parts/seats.tsx'
export { WishesFields } from './parts/wishes-fields.tsx'
export { createSession, type Renewed, type SessionHolder, type SessionState } from './session/create-session.ts'
export { isFramed, fitFrame } from './session/frame-resize.ts'
export { AskForLink, ConfirmLink } from './sign-in/mail-sign-in.tsx'
export { takeToken } from './sign-in/take-token.ts'
export { useMailedToken } from './sign-in/use-mailed-token.ts'
export { AppTheme } from './theme/app-theme.tsx'
export { applyTheme, systemTheme, THEMES, useThemeChoice, type ThemeName } from './theme/theme-choice.ts'
export { DateTimeField } from './time/date-time-field.tsx'
export { deviceZone, fromLocalField, knownZones, toLocalField } from './time/spell-time.ts'
export {
  DateLocaleProvider,
  TimeSpan,
  TimeText,
  useNow,
  useReaderZone,
  useTimes,
  ZoneProvider,
  type TimeSpeller,
} from './time/time-text.tsx'
export {
  createI18n,
  refusalsOf,
  useUiWords,
  wordsOf,
  type MessageKey,
  type Messages,
  type Resources,
  type Say,
  type SayRefusal,
} from './words/create-i18n.ts'
