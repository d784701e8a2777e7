import type { ReactNode } from 'react'
import { CloseButton, Heading, Modal } from '@instructure/ui/v11_7'
import { useUiWords } from '../words/create-i18n.ts'
import { ActionButton } from './action-button.tsx'
import type { Weight } from './link.tsx'
import { Opening } from './use-read-before.tsx'
import { useWayBack } from './use-way-back.ts'

/** Asks once more before something leaves, and repeats in numbers what would. Esc and the first button leave it, and what failed with it. */
export function ConfirmModal(props: {
  isOpen: boolean
  title: string
  confirm: string
  weight?: Weight
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { isOpen, title, confirm, weight = 'primary', isBusy = false, onConfirm, onClose, children } = props
  const say = useUiWords()
  useWayBack(isOpen)
  return (
    <Modal open={isOpen} onDismiss={onClose} size="small" label={title} shouldCloseOnDocumentClick={false}>
      <Modal.Header>
        <CloseButton placement="end" offset="small" onClick={onClose} screenReaderLabel={say('close')} />
        <Heading level="h2">{title}</Heading>
      </Modal.Header>
      <Modal.Body>
        <Opening>
          <div className="stack">{children}</div>
        </Opening>
      </Modal.Body>
      <Modal.Footer>
        <div className="row">
          <ActionButton weight="quiet" onClick={onClose}>
            {say('confirm.cancel')}
          </ActionButton>
          <ActionButton weight={weight} onClick={onConfirm} isBusy={isBusy}>
            {confirm}
          </ActionButton>
        </div>
      </Modal.Footer>
    </Modal>
  )
}
