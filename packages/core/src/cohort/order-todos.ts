import type { Todo } from './contract.ts'

/** Soonest first; what has no date comes last, in the order given. */
export const orderTodos = (todos: readonly Todo[]): Todo[] =>
  todos.toSorted((a, b) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) || 0)
