import * as z from 'zod'

const id = <Name extends string>() => z.uuid().brand<Name>()

export const NetworkId = id<'NetworkId'>()
export type NetworkId = z.infer<typeof NetworkId>
export const RegionId = id<'RegionId'>()
export type RegionId = z.infer<typeof RegionId>
export const InstitutionId = id<'InstitutionId'>()
export type InstitutionId = z.infer<typeof InstitutionId>
export const PersonId = id<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>
export const PlatformId = id<'PlatformId'>()
export type PlatformId = z.infer<typeof PlatformId>
export const CourseId = id<'CourseId'>()
export type CourseId = z.infer<typeof CourseId>
export const CourseLinkId = id<'CourseLinkId'>()
export type CourseLinkId = z.infer<typeof CourseLinkId>
export const CohortId = id<'CohortId'>()
export type CohortId = z.infer<typeof CohortId>
export const SeatId = id<'SeatId'>()
export type SeatId = z.infer<typeof SeatId>
export const MeetingId = id<'MeetingId'>()
export type MeetingId = z.infer<typeof MeetingId>
export const ConveningId = id<'ConveningId'>()
export type ConveningId = z.infer<typeof ConveningId>
export const RegistrationId = id<'RegistrationId'>()
export type RegistrationId = z.infer<typeof RegistrationId>
export const PromptId = id<'PromptId'>()
export type PromptId = z.infer<typeof PromptId>
export const PostId = id<'PostId'>()
export type PostId = z.infer<typeof PostId>
export const RoundId = id<'RoundId'>()
export type RoundId = z.infer<typeof RoundId>
export const RubricId = id<'RubricId'>()
export type RubricId = z.infer<typeof RubricId>
export const RubricVersionId = id<'RubricVersionId'>()
export type RubricVersionId = z.infer<typeof RubricVersionId>
export const PortfolioItemId = id<'PortfolioItemId'>()
export type PortfolioItemId = z.infer<typeof PortfolioItemId>
export const PortfolioDraftId = id<'PortfolioDraftId'>()
export type PortfolioDraftId = z.infer<typeof PortfolioDraftId>
export const SubmissionId = id<'SubmissionId'>()
export type SubmissionId = z.infer<typeof SubmissionId>
export const AssignmentId = id<'AssignmentId'>()
export type AssignmentId = z.infer<typeof AssignmentId>
export const UploadId = id<'UploadId'>()
export type UploadId = z.infer<typeof UploadId>
export const DeliveryId = id<'DeliveryId'>()
export type DeliveryId = z.infer<typeof DeliveryId>
/** A deep linking request that waits for an instructor's choice. */
export const PlacingId = id<'PlacingId'>()
export type PlacingId = z.infer<typeof PlacingId>
