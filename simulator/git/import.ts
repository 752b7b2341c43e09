import type { Edits } from './changes'
import { git } from './process'

export type Author = { readonly name: string; readonly email: string }

export type NewCommit = {
  readonly message: string
  readonly author: Author
  readonly at: Date
  readonly edits: Edits
}

/** Writes commits, one after the other, on top of `parent` (null: an empty repository) with one `git fast-import`. */
export async function importCommits(
  repositoryDir: string,
  branch: string,
  parent: string | null,
  commits: readonly NewCommit[],
): Promise<void> {
  const stream: Buffer[] = []
  commits.forEach((commit, index) => {
    const who = `${plain(commit.author.name)} <${plain(commit.author.email)}> ${Math.floor(commit.at.getTime() / 1000)} +0000`
    stream.push(Buffer.from(`commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n`), data(commit.message))
    if (index === 0 && parent) stream.push(Buffer.from(`from ${parent}\n`))
    for (const [path, bytes] of commit.edits) {
      if (bytes === null) stream.push(Buffer.from(`D ${quoted(path)}\n`))
      else stream.push(Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(bytes))
    }
  })
  await git(repositoryDir, ['fast-import', '--quiet', '--date-format=raw'], Buffer.concat(stream))
}

function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

const plain = (text: string) => text.replace(/[<>\r\n\0]/g, ' ').trim()
const quoted = (path: string) => `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`
