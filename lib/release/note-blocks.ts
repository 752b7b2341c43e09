/** A stretch of release notes: a heading, a list, or a paragraph. */
export type NoteBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string }

/** Release notes as blocks to show: headings, lists and paragraphs of the Markdown; its emphasis marks are left out. */
export function noteBlocks(notes: string): NoteBlock[] {
  const blocks: NoteBlock[] = []
  for (const line of notes.split(/\r?\n/)) {
    const text = line.replaceAll('**', '').trim()
    const heading = /^#{1,6}\s+(.+)$/.exec(text)?.[1]
    const item = /^[-*]\s+(.+)$/.exec(text)?.[1]
    const last = blocks.at(-1)
    if (heading !== undefined) blocks.push({ kind: 'heading', text: heading })
    else if (item !== undefined && last?.kind === 'list')
      blocks.splice(-1, 1, { kind: 'list', items: [...last.items, item] })
    else if (item !== undefined) blocks.push({ kind: 'list', items: [item] })
    else if (text !== '') blocks.push({ kind: 'paragraph', text })
  }
  return blocks
}
