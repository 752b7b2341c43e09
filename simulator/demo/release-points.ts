type Tier = 'dev' | 'test' | 'uat' | 'prod'

/** A commit of the history that became a release, and how far it came. */
export type ReleasePoint = {
  /** In `commits`; the release holds everything up to and with it. */
  readonly commitIndex: number
  /** A label: the portal gives the number. */
  readonly version: string
  readonly title: string
  readonly reached: readonly Tier[]
  /** The tier in which it failed, which is not among those reached. */
  readonly failed: { readonly tier: Tier; readonly reason: string } | null
  readonly notes: readonly string[]
}

/** Oldest first. The second is in Prod now, the first is its last known good. */
export const releasePoints: readonly ReleasePoint[] = [
  {
    commitIndex: 2,
    version: 'R1',
    title: 'Baseline',
    reached: ['dev', 'test', 'uat', 'prod'],
    failed: null,
    notes: [
      'The claims reports, models and loads as they stand, now under release management.',
      'Claims: the measure Average claim cost is new.',
      'A claim that changed twice in a day now shows its latest amounts.',
    ],
  },
  {
    commitIndex: 6,
    version: 'R2',
    title: 'Reserves page',
    reached: ['dev', 'test', 'uat', 'prod'],
    failed: null,
    notes: [
      'Claims overview: the page Reserves shows the case reserve by line of business and cause of loss.',
      'Reserves: a claim that was opened again counts once.',
      'Reserves are built faster: closed accident years are no longer read.',
    ],
  },
  {
    commitIndex: 9,
    version: 'R3',
    title: 'Slicer and stricter quality checks',
    reached: ['dev'],
    failed: {
      tier: 'test',
      reason:
        'Smoke tests: nb_check_quality stopped with "Data quality checks failed: claims that the load lacks: 37".',
    },
    notes: [
      'Claims overview: choose a line of business on the page Overview.',
      'The nightly check compares the load with what has landed.',
    ],
  },
  {
    commitIndex: 11,
    version: 'R4',
    title: 'Recoveries',
    reached: ['dev', 'test'],
    failed: null,
    notes: [
      'The nightly check no longer counts claims that arrive during the load.',
      'A new pipeline loads salvage and subrogation; it runs by hand until finance has agreed.',
    ],
  },
  {
    commitIndex: 13,
    version: 'R5',
    title: 'Loss ratio by earned premium',
    reached: ['dev', 'test', 'uat'],
    failed: null,
    notes: [
      'Claims: Loss ratio is now over earned premium, as finance reports it. Expect figures up to three points higher.',
      'Reserves development: the card Released is called Reserves released.',
    ],
  },
  {
    commitIndex: 15,
    version: 'R6',
    title: 'Claim frequency',
    reached: ['dev', 'test'],
    failed: null,
    notes: [
      'Claims: the measure Claim frequency is new.',
      'The nightly load reads ten days of changed claims, so that long weekends are covered.',
    ],
  },
]
