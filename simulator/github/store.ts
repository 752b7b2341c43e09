import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Review = {
  readonly id: number
  readonly login: string
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
  readonly body: string
  readonly commitId: string
  readonly submittedAt: string
}

export type PullRequest = {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly login: string
  readonly headRef: string
  readonly headSha: string
  readonly baseRef: string
  readonly baseSha: string
  readonly commits: readonly string[]
  readonly state: 'open' | 'closed'
  readonly createdAt: string
  readonly updatedAt: string
  readonly mergedAt: string | null
  readonly mergeCommitSha: string | null
  readonly reviews: readonly Review[]
}

export type Webhook = { readonly url: string; readonly secret: string }

export type Delivery = {
  readonly id: string
  readonly repository: string
  readonly event: string
  readonly url: string
  readonly sentAt: string
  readonly durationMs: number
  /** Null: no answer came, `answer` says why. */
  readonly status: number | null
  readonly answer: string
  readonly body: string
}

export type Pushed = { readonly branch: string; readonly before: string; readonly after: string }

export type RepositoryState = {
  readonly webhook: Webhook | null
  readonly pullRequests: readonly PullRequest[]
  readonly pushes: readonly Pushed[]
}

type State = { repositories: Record<string, RepositoryState>; deliveries: readonly Delivery[] }

const mostDeliveries = 100
const mostPushes = 500

export type Store = ReturnType<typeof createStore>

/** Pull requests, webhook targets and deliveries, kept in one file. */
export function createStore(dataDir: string) {
  const file = join(dataDir, 'state.json')
  const state: State = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { repositories: {}, deliveries: [] }
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const read = (fullName: string): RepositoryState =>
    state.repositories[fullName] ?? { webhook: null, pullRequests: [], pushes: [] }
  const change = (fullName: string, changed: Partial<RepositoryState>) => {
    state.repositories[fullName] = { ...read(fullName), ...changed }
    save()
  }
  return {
    read,
    setWebhook: (fullName: string, webhook: Webhook | null) => change(fullName, { webhook }),
    addPush: (fullName: string, pushed: Pushed) =>
      change(fullName, { pushes: [...read(fullName).pushes, pushed].slice(-mostPushes) }),
    nextNumber: (fullName: string) => Math.max(0, ...read(fullName).pullRequests.map(p => p.number)) + 1,
    putPullRequest(fullName: string, pullRequest: PullRequest): PullRequest {
      const others = read(fullName).pullRequests.filter(p => p.number !== pullRequest.number)
      change(fullName, { pullRequests: [...others, pullRequest].sort((a, b) => a.number - b.number) })
      return pullRequest
    },
    deliveries: () => state.deliveries,
    addDelivery(delivery: Delivery): void {
      state.deliveries = [...state.deliveries, delivery].slice(-mostDeliveries)
      save()
    },
  }
}
