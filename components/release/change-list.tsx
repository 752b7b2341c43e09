import { Status } from '@/components/status/status'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import type { ItemChange } from '@/lib/release/diff'
import { itemTypeWords } from './item-type-words'

type ChangeListProps = {
  changes: readonly ItemChange[]
  against: string | null
  /** Address of the release's page. */
  base: string
}

const marks = { added: 'create', changed: 'update' } as const

/** What changed, item by item in plain words, the bytes one click away. */
export function ChangeList({ changes, against, base }: ChangeListProps) {
  const query = against ? `?${new URLSearchParams({ against })}` : ''
  const title = against ? `What changed since ${against}` : 'What is in it'
  return (
    <Region title={title} id="changes" aside={changes.length === 1 ? '1 item' : `${changes.length} items`}>
      {changes.length === 0 ? (
        <EmptyState kind="nothing-now" title="Nothing changed">
          Both releases hold the same items with the same content.
        </EmptyState>
      ) : (
        <Rows>
          {changes.map(change => (
            <Row
              key={`${change.type} ${change.objectId}`}
              icon={change.change === 'added' ? 'plus' : change.change === 'removed' ? 'minus' : 'dot'}
              title={
                <>
                  <span className="text-ink-muted">{itemTypeWords(change.type)}</span>{' '}
                  <b className="font-semibold">{change.name}</b>
                </>
              }
              href={`${base}/changes/${change.objectId}${query}`}
              note={<Sentences change={change} />}
              right={<ChangeWord change={change} />}
            />
          ))}
        </Rows>
      )}
    </Region>
  )
}

function ChangeWord({ change: { change, files } }: { change: ItemChange }) {
  return (
    <>
      {change === 'removed' ? 'Gone' : <Status kind="item" value={marks[change]} />}
      <br />
      {files.length === 1 ? '1 file' : `${files.length} files`}
    </>
  )
}

function Sentences({ change }: { change: ItemChange }) {
  if (change.change !== 'changed') return null
  return (
    <>
      {change.sentences.join(' · ')}
      {change.reloadsData && ' · its data is loaded again afterwards'}
    </>
  )
}
