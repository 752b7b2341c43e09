export const tiers = ['dev', 'test', 'uat', 'prod'] as const
export type Tier = (typeof tiers)[number]

/** Section 1.1 of the policy, as data. */
export const tierFacts: Readonly<Record<Tier, { label: string; purpose: string; data: string; access: string }>> = {
  dev: { label: 'Dev', purpose: 'Active development', data: 'Synthetic/Sample', access: 'Developers' },
  test: { label: 'Test', purpose: 'Integration testing', data: 'Subset of prod', access: 'QA + Dev' },
  uat: { label: 'UAT', purpose: 'User acceptance', data: 'Prod-like', access: 'Business users' },
  prod: { label: 'Prod', purpose: 'Production', data: 'Real data', access: 'End users' },
}

export const isTier = (value: string): value is Tier => (tiers as readonly string[]).includes(value)
