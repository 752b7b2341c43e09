import { gitText } from './process'

export type Push = {
  readonly owner: string
  readonly repository: string
  /** Heads of all branches by name. */
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
}

const listeners = new Map<string, (push: Push) => void>()

/** Hears of each push that came over HTTP to this repository. Gives what ends the listening. */
export function onPush(repositoryDir: string, listener: (push: Push) => void): () => void {
  listeners.set(repositoryDir, listener)
  return () => listeners.delete(repositoryDir)
}

export function announcePush(repositoryDir: string, push: Push): void {
  listeners.get(repositoryDir)?.(push)
}

export async function branchesOf(repositoryDir: string): Promise<Map<string, string>> {
  const listed = await gitText(repositoryDir, [
    'for-each-ref',
    '--format=%(objectname) %(refname:lstrip=2)',
    'refs/heads',
  ])
  const lines = listed.split('\n').filter(line => line !== '')
  return new Map(lines.map(line => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]))
}
