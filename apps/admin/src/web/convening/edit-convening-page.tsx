import { useParams } from '@tanstack/react-router'
import {
  createConvening,
  editConvening,
  listConvenings,
  showConvening,
  type ConveningDetails,
} from '@copractice/core/convening'
import { showAdminHome } from '@copractice/core/directory'
import type { ConveningId } from '@copractice/core/kernel'
import { Card, Loaded, useGoTo, useRoute, useSend, useTell } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { RegionFirst } from '../directory/region-first.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { ConveningForm } from './convening-form.tsx'
import { useRefusals, useWords } from './say.ts'

const refreshes = [listConvenings, showConvening, showAdminHome]

function useSaved() {
  const say = useWords()
  const tell = useTell()
  const goTo = useGoTo()
  return (id: ConveningId, { name }: ConveningDetails) => {
    tell({ text: say('form.saved', { name }) })
    goTo(`/convenings/${id}`)
  }
}

export function NewConveningPage() {
  const say = useWords()
  const saved = useSaved()
  const { regions } = useMe()
  const create = useSend(createConvening, { refreshes })
  return (
    <AdminPage title={say('form.new')}>
      <Card title={say('form.new')}>
        {regions.length ? (
          <ConveningForm
            problem={create.error?.problem}
            isBusy={create.isPending}
            back="/convenings"
            onSave={(body) => create.mutate({ body }, { onSuccess: ({ id }) => saved(id, body) })}
          />
        ) : (
          <RegionFirst />
        )}
      </Card>
    </AdminPage>
  )
}

export function EditConveningPage() {
  const say = useWords()
  const saved = useSaved()
  const refusals = useRefusals()
  const conveningId = useParams({ strict: false }).conveningId as ConveningId
  const convening = useRoute(showConvening, { params: { conveningId } })
  const edit = useSend(editConvening, { refreshes })
  const title = say('form.edit', { name: convening.data?.name ?? '' })
  return (
    <AdminPage title={title}>
      <Card title={title}>
        <Loaded from={convening} what={say('title')} lines={8} sayRefusal={refusals}>
          {({ region, ...found }) => (
            <ConveningForm
              existing={{ ...found, regionId: region.id }}
              problem={edit.error?.problem}
              isBusy={edit.isPending}
              back={`/convenings/${conveningId}`}
              onSave={(body) =>
                edit.mutate({ params: { conveningId }, body }, { onSuccess: () => saved(conveningId, body) })
              }
            />
          )}
        </Loaded>
      </Card>
    </AdminPage>
  )
}
