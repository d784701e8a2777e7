import type { CohortHome, Todo } from '@copractice/core/cohort'
import { ButtonLink, EmptyState, Icon, Section, useTimes, type IconName } from '@copractice/ui'
import { useWords } from './say.ts'

type Line = Readonly<{ icon: IconName; title: string; text: string; href: string; go: string }>

/** What waits for the reader, soonest first, each with the one button that starts it. */
export function TodoList({ todos }: Pick<CohortHome, 'todos'>) {
  const say = useWords()
  const line = useLine()
  return (
    <Section title={say('todo.title')} aside={<span className="small muted">{say('todo.order')}</span>}>
      {todos.length === 0 ? (
        <EmptyState title={say('todo.none')} icon="check">
          {say('todo.noneText')}
        </EmptyState>
      ) : (
        <ol className="todo">
          {todos.map((todo) => {
            const { icon, title, text, href, go } = line(todo)
            return (
              <li key={todo.kind + href + title}>
                <span className="todo-i">
                  <Icon name={icon} />
                </span>
                <div>
                  <h3>{title}</h3>
                  <p className="small muted">{text}</p>
                </div>
                <span className="todo-go">
                  <ButtonLink href={href} weight="secondary">
                    {go}
                    <span className="vh">: {title}</span>
                  </ButtonLink>
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}

function useLine(): (todo: Todo) => Line {
  const say = useWords()
  const times = useTimes()
  const due = (at: Date) => say('todo.due', { when: times.dateTime(at) })
  return (todo) => {
    switch (todo.kind) {
      case 'submit_work':
        return {
          icon: 'document',
          title: say('todo.submit_work', { title: todo.roundTitle }),
          text: [
            todo.draftSavedAt && say('todo.submit_workDraft', { when: times.moment(todo.draftSavedAt) }),
            due(todo.dueAt),
          ]
            .filter(Boolean)
            .join(' '),
          href: `/reviews/rounds/${todo.roundId}`,
          go: say('todo.submit_workGo'),
        }
      case 'write_reviews':
        return {
          icon: 'pencil',
          title: say('todo.write_reviews', { count: todo.left }),
          text: `${todo.roundTitle}. ${due(todo.dueAt)}`,
          href: `/reviews/write/${todo.nextAssignmentId}`,
          go: say('todo.write_reviewsGo'),
        }
      case 'read_reviews':
        return {
          icon: 'comment',
          title: say('todo.read_reviews', { count: todo.received }),
          text: todo.roundTitle,
          href: `/reviews/rounds/${todo.roundId}#received`,
          go: say('todo.read_reviewsGo'),
        }
      case 'answer_appeals':
        return {
          icon: 'comment',
          title: say('todo.answer_appeals', { count: todo.open }),
          text: say('todo.answer_appealsText', { title: todo.roundTitle, when: times.moment(todo.since) }),
          href: `/reviews/rounds/${todo.roundId}#scores`,
          go: say('todo.answer_appealsGo'),
        }
      case 'answer_meeting':
        return {
          icon: 'calendar',
          title: say('todo.answer_meeting', { title: todo.title }),
          text: say('todo.answer_meetingText', { when: times.dateTime(todo.dueAt) }),
          href: `/meetings#meeting-${todo.meetingId}`,
          go: say('todo.answer_meetingGo'),
        }
      case 'finish_draft':
        return {
          icon: 'pencil',
          title: say('todo.finish_draft'),
          text: say('todo.finish_draftText', { count: todo.words, when: times.moment(todo.savedAt) }),
          href: '/home#answer',
          go: say('todo.finish_draftGo'),
        }
    }
  }
}
