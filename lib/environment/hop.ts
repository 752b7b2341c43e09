import type { Tier } from './tier'

export const hops = ['dev-test', 'test-uat', 'uat-prod'] as const

/** One step of the path (policy 1.2). */
export type Hop = (typeof hops)[number]

export const hopEnds: Readonly<Record<Hop, { source: Tier; target: Tier; trigger: 'auto' | 'manual' | 'approval' }>> = {
  'dev-test': { source: 'dev', target: 'test', trigger: 'auto' },
  'test-uat': { source: 'test', target: 'uat', trigger: 'manual' },
  'uat-prod': { source: 'uat', target: 'prod', trigger: 'approval' },
}

export const isHop = (value: string): value is Hop => (hops as readonly string[]).includes(value)
