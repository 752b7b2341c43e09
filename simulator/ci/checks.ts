export const hops = ['dev-test', 'test-uat'] as const
export const outcomes = ['pass', 'fail'] as const

export type BuildHop = (typeof hops)[number]
export type Outcome = (typeof outcomes)[number]

export const hopLabels: Readonly<Record<BuildHop, string>> = { 'dev-test': 'Dev → Test', 'test-uat': 'Test → UAT' }

/** One criterion that the build reports; the numbers in its sentences come from the commit. */
export type Check = {
  readonly criterion: string
  readonly hop: BuildHop
  readonly label: string
  readonly sentences: Readonly<Record<Outcome, (seed: number) => string>>
}

const tests = (seed: number) => 200 + (seed % 24)
const seconds = (seed: number) => 40 + (seed % 17)

const checks: readonly Check[] = [
  {
    criterion: 'unit-tests',
    hop: 'dev-test',
    label: 'Unit tests',
    sentences: {
      pass: seed => `${tests(seed)} tests passed in ${seconds(seed)} s`,
      fail: seed => `2 of ${tests(seed)} tests failed: nb_build_reserves loses the claims without a payment`,
    },
  },
  {
    criterion: 'lint',
    hop: 'dev-test',
    label: 'Lint',
    sentences: {
      pass: seed => `0 lint errors in ${30 + (seed % 9)} files`,
      fail: seed => `3 lint errors in ${30 + (seed % 9)} files, the first in nb_load_claims: unused import`,
    },
  },
  {
    criterion: 'documentation',
    hop: 'dev-test',
    label: 'Documentation',
    sentences: {
      pass: () => 'Every changed item is described in docs/',
      fail: () => '1 changed measure is not described in docs/measures.md',
    },
  },
  {
    criterion: 'integration-tests',
    hop: 'test-uat',
    label: 'Integration tests',
    sentences: {
      pass: seed => `38 integration tests passed in 6 min ${seconds(seed)} s`,
      fail: () => '1 of 38 integration tests failed: pl_daily_load leaves the reserves of the day before',
    },
  },
  {
    criterion: 'data-quality',
    hop: 'test-uat',
    label: 'Data quality',
    sentences: {
      pass: seed => `26 data quality checks passed on ${(900_000 + (seed % 90_000)).toLocaleString('en-GB')} rows`,
      fail: seed => `1 of 26 data quality checks failed: ${3 + (seed % 14)} claims without a policy`,
    },
  },
  {
    criterion: 'performance-baseline',
    hop: 'test-uat',
    label: 'Performance',
    sentences: {
      pass: seed => `Slowest report page in 1.${seed % 10} s, the baseline is 2.5 s`,
      fail: seed => `Slowest report page in 4.${seed % 10} s, the baseline is 2.5 s`,
    },
  },
  {
    criterion: 'security-scan',
    hop: 'test-uat',
    label: 'Security scan',
    sentences: {
      pass: seed => `Security scan completed: 0 high, ${seed % 3} low`,
      fail: () => 'Security scan completed: 1 high (a password in a notebook), 2 low',
    },
  },
]

export const checksOf = (hop: BuildHop): readonly Check[] => checks.filter(check => check.hop === hop)
