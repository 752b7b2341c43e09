'use client'

import { useSyncExternalStore } from 'react'
import { Decoration, Diff, type FileData, Hunk, markEdits, parseDiff, tokenize } from 'react-diff-view'
import './diff-view.css'

const wide = '(min-width: 72rem)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

const editedWordsLimit = 400

function tokensOf({ hunks }: FileData) {
  const changes = hunks.reduce((sum, hunk) => sum + hunk.changes.length, 0)
  return changes > editedWordsLimit ? null : tokenize(hunks, { enhancers: [markEdits(hunks, { type: 'block' })] })
}

type DiffViewProps = {
  /** A unified diff of one or more files, with or without `diff --git` lines. */
  patch: string
  /** Names the change: "nb_load_claims.Notebook". */
  label: string
}

/** Two columns where there is room, one where there is not; the server renders one. */
export function DiffView({ patch, label }: DiffViewProps) {
  const split = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(wide).matches,
    () => false,
  )
  const files = parseDiff(patch.replace(/^(=+|Index: .*|\\ No newline at end of file)\r?\n/gm, ''))
  return (
    <section aria-label={`Changes in ${label}`}>
      {files.map(file => (
        <FileDiff key={`${file.oldPath} ${file.newPath}`} file={file} split={split} titled={files.length > 1} />
      ))}
    </section>
  )
}

function FileDiff({ file, split, titled }: { file: FileData; split: boolean; titled: boolean }) {
  const path = file.newPath === '/dev/null' ? file.oldPath : file.newPath
  return (
    <>
      {titled && <h4 className="mono border-b bg-sunken px-4 py-1.5">{path}</h4>}
      <Diff viewType={split ? 'split' : 'unified'} diffType={file.type} hunks={file.hunks} tokens={tokensOf(file)}>
        {hunks =>
          hunks.flatMap(hunk => [
            <Decoration key={`at ${hunk.content}`}>{hunk.content}</Decoration>,
            <Hunk key={hunk.content} hunk={hunk} />,
          ])
        }
      </Diff>
    </>
  )
}
