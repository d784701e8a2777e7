export { emptyBody, MODALITIES, PlannedMeeting, ProposalBody, SCOPES } from './proposal-body.ts'
