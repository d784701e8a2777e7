export * from './assignment-repo.ts'
export * from './people-repo.ts'
export * from './round-repo.ts'
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
