import { DiffView } from '@/components/ui/diff-view'
import { Region } from '@/components/ui/region'
import type { PartPatch } from '@/lib/release/patch'

/** One file of an item: its lines before and after, or why they cannot be shown. */
export function PartDiff({ part: { path, change, patch, because } }: { part: PartPatch }) {
  return (
    <Region title={<span className="mono wrap-anywhere">{path}</span>} aside={change}>
      {patch ? <DiffView patch={patch} label={path} /> : <p className="px-4 py-3 text-ink-muted">{because}</p>}
    </Region>
  )
}
