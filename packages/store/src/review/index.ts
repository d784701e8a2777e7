export * from './appeal-repo.ts'
export * from './absence-repo.ts'
export * from './assignment-repo.ts'
export * from './author-repo.ts'
export * from './exemplar-repo.ts'
export * from './reassign-repo.ts'
export * from './team-repo.ts'
export * from './work-list-repo.ts'
export * from './export-repo.ts'
export {
  deleteUpload,
  findExemplarUpload,
  findUpload,
  insertUpload,
  saveCleaned,
  setFiles,
  type StoredFile,
  type UploadInRound,
} from './file-repo.ts'
export * from './file-to-review-repo.ts'
export * from './extension-repo.ts'
export * from './flag-repo.ts'
export * from './passage-repo.ts'
export * from './people-repo.ts'
export * from './reminder-repo.ts'
export * from './research-repo.ts'
export * from './response-repo.ts'
export * from './round-repo.ts'
export * from './write-round-repo.ts'
export * from './rubric-repo.ts'
export * from './score-repo.ts'
export * from './entered-repo.ts'
export * from './moderation-repo.ts'
export * from './self-assessment-repo.ts'
export * from './version-repo.ts'
export { findWork, lockWork, saveWork, type Work, type WorkChange } from './work-repo.ts'
