import type { NoteBlock } from '@/lib/release/note-blocks'

/** Release notes as people read them. */
export function Notes({ blocks }: { blocks: readonly NoteBlock[] }) {
  return (
    <div className="max-w-[80ch] space-y-2">
      {blocks.map(block => (
        <Block key={textOf(block)} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { block: NoteBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h3 className="font-semibold">{block.text}</h3>
    case 'list':
      return (
        <ul className="list-disc space-y-0.5 pl-5">
          {block.items.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )
    default:
      return <p>{block.text}</p>
  }
}

const textOf = (block: NoteBlock) => (block.kind === 'list' ? block.items.join() : `${block.kind} ${block.text}`)
