export { getDraft, saveDraft } from './keep-draft.ts'
export { editPost, listPosts, removePost, restorePost, writePost } from './keep-posts.ts'
export { listPrompts, writePrompt } from './keep-prompts.ts'
