import type { IconName } from '@/components/ui/icon'

export type Tone = 'neutral' | 'progress' | 'attention' | 'success' | 'danger' | 'done'

export type StatusLook = { word: string | ((count: number) => string); shape: IconName; tone: Tone }

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** Every status of the product, once: its word, its shape and its tone. */
export const statusTable = {
  ticket: {
    draft: { word: 'Draft', shape: 'dashed', tone: 'neutral' },
    waiting: { word: n => `Waiting for ${plural(n, 'criterion', 'criteria')}`, shape: 'dashed', tone: 'attention' },
    ready: { word: 'Ready', shape: 'unlock', tone: 'success' },
    scheduled: { word: 'Scheduled', shape: 'calendar', tone: 'neutral' },
    queued: { word: 'Queued', shape: 'behind', tone: 'progress' },
    running: { word: 'Running', shape: 'arc', tone: 'progress' },
    validating: { word: 'Validating', shape: 'arc', tone: 'progress' },
    'awaiting-close': { word: 'Awaiting close', shape: 'dashed', tone: 'attention' },
    succeeded: { word: 'Succeeded', shape: 'check', tone: 'done' },
    failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
    errored: { word: 'Errored', shape: 'warning', tone: 'danger' },
    partial: { word: 'Partial', shape: 'half', tone: 'attention' },
    cancelled: { word: 'Cancelled', shape: 'barred', tone: 'neutral' },
    'rolled-back': { word: 'Rolled back', shape: 'back', tone: 'attention' },
    unknown: { word: 'Unknown, needs a person', shape: 'question', tone: 'attention' },
  },
  criterion: {
    met: { word: 'Met', shape: 'check', tone: 'done' },
    awaiting: { word: 'Awaiting', shape: 'dashed', tone: 'attention' },
    failing: { word: 'Failing', shape: 'cross', tone: 'danger' },
    missing: { word: 'Missing', shape: 'circle', tone: 'attention' },
    stale: { word: 'Stale', shape: 'behind', tone: 'attention' },
    void: { word: 'Void, something changed', shape: 'barred', tone: 'attention' },
    waived: { word: 'Waived', shape: 'half', tone: 'neutral' },
  },
  gate: {
    open: { word: 'Open', shape: 'unlock', tone: 'success' },
    shut: { word: n => (n > 0 ? `${n} unmet` : 'Shut'), shape: 'lock', tone: 'attention' },
    idle: { word: 'Nothing to promote', shape: 'minus', tone: 'neutral' },
    overridden: { word: 'Overridden', shape: 'warning', tone: 'attention' },
  },
  environment: {
    'in-step': { word: 'In step', shape: 'check', tone: 'success' },
    behind: {
      word: n => (n > 0 ? `${plural(n, 'release', 'releases')} behind` : 'Behind'),
      shape: 'behind',
      tone: 'neutral',
    },
    holding: { word: 'On hold', shape: 'pause', tone: 'attention' },
    drifted: { word: n => (n > 0 ? `${n} changed by hand` : 'Drifted'), shape: 'warning', tone: 'attention' },
    deploying: { word: 'Deploying', shape: 'arc', tone: 'progress' },
    validating: { word: 'Validating', shape: 'arc', tone: 'progress' },
    failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
    'never-deployed': { word: 'Never deployed', shape: 'circle', tone: 'neutral' },
    unreachable: { word: 'Unreachable', shape: 'warning', tone: 'danger' },
  },
  release: {
    deployed: { word: 'Deployed', shape: 'check', tone: 'success' },
    passed: { word: 'Passed', shape: 'check', tone: 'done' },
    'signed-off': { word: 'Signed off', shape: 'check', tone: 'success' },
    'last-known-good': { word: 'Last known good', shape: 'check', tone: 'success' },
    waiting: { word: 'Waiting', shape: 'dashed', tone: 'attention' },
    withdrawn: { word: 'Withdrawn', shape: 'barred', tone: 'neutral' },
  },
  item: {
    create: { word: 'New', shape: 'plus', tone: 'attention' },
    update: { word: 'Changed', shape: 'dot', tone: 'progress' },
    unchanged: { word: 'Same', shape: 'check', tone: 'done' },
    'stays-behind': { word: 'Stays', shape: 'minus', tone: 'neutral' },
    'not-supported': { word: 'Not supported', shape: 'barred', tone: 'attention' },
    'would-duplicate': { word: 'Would duplicate', shape: 'warning', tone: 'danger' },
    blocked: { word: 'Blocked', shape: 'lock', tone: 'danger' },
    waiting: { word: 'Waiting', shape: 'circle', tone: 'neutral' },
    writing: { word: 'Writing', shape: 'arc', tone: 'progress' },
    done: { word: 'Done', shape: 'check', tone: 'success' },
    skipped: { word: 'Skipped', shape: 'minus', tone: 'neutral' },
    failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
    errored: { word: 'Errored', shape: 'warning', tone: 'danger' },
    unknown: { word: 'Unknown', shape: 'question', tone: 'attention' },
  },
  check: {
    waiting: { word: 'Waiting', shape: 'circle', tone: 'neutral' },
    running: { word: 'Running', shape: 'arc', tone: 'progress' },
    passed: { word: 'Passed', shape: 'check', tone: 'success' },
    failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
    errored: { word: 'Errored', shape: 'warning', tone: 'danger' },
    skipped: { word: 'Skipped', shape: 'minus', tone: 'neutral' },
  },
  vote: {
    approved: { word: 'Approved', shape: 'check', tone: 'success' },
    refused: { word: 'Refused', shape: 'barred', tone: 'attention' },
    asked: { word: 'Asked', shape: 'dashed', tone: 'attention' },
    void: { word: 'Void, something changed', shape: 'barred', tone: 'attention' },
    withdrawn: { word: 'Withdrawn', shape: 'minus', tone: 'neutral' },
    barred: { word: 'May not vote', shape: 'lock', tone: 'neutral' },
  },
  task: {
    done: { word: 'Done', shape: 'check', tone: 'done' },
    open: { word: 'Open', shape: 'dashed', tone: 'attention' },
    waiting: { word: 'Cannot start yet', shape: 'minus', tone: 'neutral' },
    skipped: { word: 'Not needed', shape: 'minus', tone: 'neutral' },
  },
} as const satisfies Record<string, Record<string, StatusLook>>

export type StatusTable = typeof statusTable
export type StatusKind = keyof StatusTable
export type StatusOf<K extends StatusKind> = keyof StatusTable[K]
export type AnyStatus = { [K in StatusKind]: { kind: K; value: StatusOf<K> } }[StatusKind]

export function statusLook(status: AnyStatus): StatusLook {
  const kind: Readonly<Record<string, StatusLook>> = statusTable[status.kind]
  const look = kind[status.value]
  if (!look) throw new Error(`No look for ${status.kind} ${String(status.value)}`)
  return look
}

export function statusWord(status: AnyStatus, count = 0): string {
  const { word } = statusLook(status)
  return typeof word === 'string' ? word : word(count)
}
