import { z } from 'zod'

const sha = z.string().regex(/^[0-9a-f]{40}$/)

/** A commit as a push tells of it: without its parents, which only the provider's API knows. */
const PushedCommit = z.object({
  id: sha,
  message: z.string(),
  timestamp: z.string(),
  author: z.object({ name: z.string().default(''), email: z.string().nullish() }).optional(),
})
export type PushedCommit = z.infer<typeof PushedCommit>

export const RepositoryName = z.object({ full_name: z.string().regex(/^[^/]+\/[^/]+$/) }).transform(({ full_name }) => {
  const [owner = '', name = ''] = full_name.split('/')
  return { owner, name }
})

const PushPayload = z.object({
  ref: z.string(),
  before: sha,
  after: sha,
  deleted: z.boolean().default(false),
  forced: z.boolean().default(false),
  repository: RepositoryName,
  commits: z.array(PushedCommit).default([]),
  head_commit: PushedCommit.nullish(),
})

export type Push = {
  readonly repository: { readonly owner: string; readonly name: string }
  /** What stands behind `refs/heads/`, compared as a whole: `main2` or a merge queue's branch is another branch. */
  readonly branch: string
  /** Null when the push made the branch. */
  readonly before: string | null
  readonly after: string
  readonly forced: boolean
  /** The commits that the payload names; the head alone when it names none (a forced push, a branch made from another). */
  readonly commits: readonly PushedCommit[]
}

export type PushReading =
  | { readonly kind: 'push'; readonly push: Push }
  | { readonly kind: 'ignored'; readonly because: string }

const branchPrefix = 'refs/heads/'

/** Reads the payload of GitHub's `push` event. */
export function readPush(payload: unknown): PushReading {
  const parsed = PushPayload.safeParse(payload)
  if (!parsed.success) return ignored(`The payload is not that of a push: ${z.prettifyError(parsed.error)}`)
  const { ref, before, after, deleted, forced, repository, commits, head_commit } = parsed.data
  if (!ref.startsWith(branchPrefix)) return ignored(`${ref} is no branch.`)
  const branch = ref.slice(branchPrefix.length)
  if (deleted || isZero(after)) return ignored(`The branch ${branch} was deleted.`)
  const named = commits.length > 0 || !head_commit ? commits : [head_commit]
  return {
    kind: 'push',
    push: { repository, branch, before: isZero(before) ? null : before, after, forced, commits: named },
  }
}

const isZero = (commit: string) => /^0+$/.test(commit)
const ignored = (because: string): PushReading => ({ kind: 'ignored', because })

/** The first line of a message. */
export const subjectOf = (message: string): string => message.trimStart().split(/\r?\n/, 1)[0] ?? ''
