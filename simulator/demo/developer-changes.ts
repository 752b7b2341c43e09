import type { Change } from '../tenant'
import { measure, places } from './places'

export type DeveloperChange = {
  readonly title: string
  readonly message: string
  readonly changes: readonly Change[]
}

/** What a developer may push in the demo, on top of the history. They touch different files, so any order fits. */
export const developerChanges: readonly DeveloperChange[] = [
  {
    title: 'Add the measure Settlement rate',
    message: 'feat(claims-model): add the measure Settlement rate',
    changes: [
      {
        kind: 'replace',
        path: places.claimsTable,
        find: '\t/// What has been paid\n',
        replace: `${measure(
          'Share of the claims that are settled',
          'Settlement rate',
          'DIVIDE([Claim count] - [Open claims], [Claim count])',
          '0.0%',
          '5719d609-6e9a-46db-9332-65c4b2cf0f9b',
        )}\t/// What has been paid\n`,
      },
      {
        kind: 'replace',
        path: places.measures,
        find: '| Open claims |',
        replace: '| Settlement rate | Settled claims over all claims |\n| Open claims |',
      },
    ],
  },
  {
    title: 'Check that every claim has a cause of loss',
    message: 'feat(check-quality): check that every claim has a cause of loss',
    changes: [
      {
        kind: 'replace',
        path: places.checkQuality,
        find: '    "negative case reserves":',
        replace:
          '    "claims without a cause of loss": claims.where("cause_code is null").count(),\n    "negative case reserves":',
      },
    ],
  },
  {
    title: 'Add the page Large claims',
    message: 'feat(claims-operations): add the page Large claims',
    changes: [
      {
        kind: 'copy-folder',
        from: 'later/large-claims-page',
        to: `${places.operations}/${places.largeClaimsPageId}`,
      },
      {
        kind: 'replace',
        path: places.operationsPages,
        find: `    "${places.operationsLastPageId}"`,
        replace: `    "${places.operationsLastPageId}",\n    "${places.largeClaimsPageId}"`,
      },
    ],
  },
  {
    title: 'Give the month end eight hours',
    message: 'fix(month-end): give the daily load eight hours\n\nThe last month end was cut off after six.',
    changes: [{ kind: 'replace', path: places.monthEnd, find: '"0.06:00:00"', replace: '"0.08:00:00"' }],
  },
  {
    title: 'Change the executors, with a message that breaks the convention',
    message: 'fixed stuff',
    changes: [{ kind: 'replace', path: places.sparkCompute, find: 'max_executors: 4', replace: 'max_executors: 6' }],
  },
]
