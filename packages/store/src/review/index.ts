export * from './assignment-repo.ts'
export * from './extension-repo.ts'
export * from './flag-repo.ts'
export * from './passage-repo.ts'
export * from './people-repo.ts'
export * from './response-repo.ts'
export * from './round-repo.ts'
export * from './self-assessment-repo.ts'
export * from './version-repo.ts'
export {
  deleteUpload,
  findUpload,
  findWork,
  insertUpload,
  listWorks,
  lockWork,
  saveWork,
  type StoredFile,
  type UploadInRound,
  type Work,
  type WorkChange,
  type WorkListed,
} from './work-repo.ts'
