import { useParams } from '@tanstack/react-router'
import { confirmToBeTold, stopBeingTold } from '@copractice/core/convening'
import { ActionButton, BrandMark, PageTitle, ProblemNotice, SkipLink, useSend } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Where the link of a mail leads: yes, tell me, or forget my address. Opening it alone does neither. */
export function NotifyPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { slug = '', key = '' } = useParams({ strict: false })
  const params = { slug, key }
  const confirm = useSend(confirmToBeTold)
  const stop = useSend(stopBeingTold)
  const failed = stop.error ?? (stop.isSuccess ? undefined : confirm.error)
  return (
    <>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        <PageTitle within="Copractice">{say('notify.title')}</PageTitle>
        <div role="status">
          {stop.isSuccess ? (
            <p>{say('notify.stopped')}</p>
          ) : confirm.data ? (
            <p>{say('notify.confirmed', { name: confirm.data.name })}</p>
          ) : (
            <p>{say('notify.confirm')}</p>
          )}
        </div>
        {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
        <p className="row">
          {!confirm.isSuccess && !stop.isSuccess && (
            <ActionButton isBusy={confirm.isPending} onClick={() => confirm.mutate({ params })}>
              {say('notify.yes')}
            </ActionButton>
          )}
          {!stop.isSuccess && (
            <ActionButton weight="quiet" isBusy={stop.isPending} onClick={() => stop.mutate({ params })}>
              {say('notify.stop')}
            </ActionButton>
          )}
        </p>
      </main>
    </>
  )
}
