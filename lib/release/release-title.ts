const longest = 200
const firstLine = (message: string) => message.trimStart().split(/\r?\n/, 1)[0]?.trim() ?? ''

/**
 * What a release is called: the first line of its head commit. A merge commit tells what was merged in its body, as the title of the pull
 * request; without that, the last commit that is no merge names it.
 */
export function releaseTitle(commits: readonly { readonly message: string; readonly isMerge: boolean }[]): string {
  const head = commits.at(-1)
  if (!head) return 'No commits'
  const body = head.message.trim().split(/\r?\n/).slice(1).join('\n')
  const inside = commits.findLast(commit => !commit.isMerge)
  const title = head.isMerge ? firstLine(body) || firstLine(inside?.message ?? '') : firstLine(head.message)
  return (title || firstLine(head.message) || 'Untitled').slice(0, longest).toWellFormed()
}
