import type { Change, Commit } from '../tenant'
import { documents } from './documents'
import { measure, places } from './places'

const dataEngineer = { name: 'Data engineer', email: 'data.engineer@claims.example' }
const analyticsEngineer = { name: 'Analytics engineer', email: 'analytics.engineer@claims.example' }

const replace = (path: string, find: string, by: string): Change => ({ kind: 'replace', path, find, replace: by })
const insertBefore = (path: string, anchor: string, text: string) => replace(path, anchor, text + anchor)
const insertAfter = (path: string, anchor: string, text: string) => replace(path, anchor, anchor + text)

/** The history of claims-example/claims-analytics, oldest first. Messages follow Conventional Commits. */
export const commits: readonly Commit[] = [
  {
    message: 'feat(workspace): bring the Dev workspace under version control',
    author: dataEngineer,
    daysAgo: 35,
    changes: [{ kind: 'copy-folder', from: 'items', to: 'workspace' }, ...documents],
  },
  {
    message: 'feat(claims-model): add the measure Average claim cost',
    author: analyticsEngineer,
    daysAgo: 33,
    changes: [
      insertBefore(
        places.claimsTable,
        '\t/// From the report of a claim to its settlement\n',
        measure(
          'Gross incurred of one claim',
          'Average claim cost',
          'DIVIDE([Gross incurred], [Claim count])',
          '#,0 €',
          'c1bb01bf-80bb-49d4-ae2a-f8ae1bb8a2fa',
        ),
      ),
    ],
  },
  {
    message:
      'fix(load-claims): keep the newest version of a claim by its change time\n\nTwo versions of one claim can arrive in the same load, in either order.',
    author: dataEngineer,
    daysAgo: 31,
    changes: [replace(places.loadClaims, 'F.col("loaded_at").desc()', 'F.col("changed_at").desc()')],
  },
  {
    message: 'docs: describe the measures of the Claims model',
    author: analyticsEngineer,
    daysAgo: 29,
    changes: [
      insertAfter(
        places.measures,
        '| Loss ratio | Gross incurred over written premium |\n',
        '| Average claim cost | Gross incurred over the number of claims |\n| Open claims | Claims with status Open; a reopened claim is open |\n',
      ),
    ],
  },
  {
    message: 'feat(claims-overview): add the page Reserves',
    author: analyticsEngineer,
    daysAgo: 27,
    changes: [
      { kind: 'copy-folder', from: 'later/reserves-page', to: `${places.overview}/${places.reservesPageId}` },
      insertAfter(places.overviewPages, `    "${places.overviewLastPageId}"`, `,\n    "${places.reservesPageId}"`),
    ],
  },
  {
    message: 'perf(build-reserves): read the history of open accident years only',
    author: dataEngineer,
    daysAgo: 25,
    changes: [
      replace(
        places.buildReserves,
        'history = spark.read.table("lh_claims_dev.dbo.claim_history")\n',
        'open_years = spark.read.table("lh_claims_dev.dbo.accident_year").where("not is_closed")\nhistory = spark.read.table("lh_claims_dev.dbo.claim_history").join(open_years, "accident_year", "left_semi")\n',
      ),
    ],
  },
  {
    message: 'fix(reserves-model): count a reopened claim once',
    author: analyticsEngineer,
    daysAgo: 23,
    changes: [
      replace(
        places.movementsTable,
        "CALCULATE(COUNTROWS('Reserve movements'), ",
        "CALCULATE(DISTINCTCOUNT('Reserve movements'[Claim number]), ",
      ),
    ],
  },
  {
    message: 'build(environment): raise pandera to 0.23.0',
    author: dataEngineer,
    daysAgo: 20,
    changes: [replace(places.publicLibraries, 'pandera==0.22.1', 'pandera==0.23.0')],
  },
  {
    message: 'feat(claims-overview): add a slicer for the line of business',
    author: analyticsEngineer,
    daysAgo: 18,
    changes: [
      {
        kind: 'copy-folder',
        from: 'later/portfolio-slicer',
        to: `${places.overviewFirstPage}/visuals/${places.lineOfBusinessSlicerId}`,
      },
    ],
  },
  {
    message: 'feat(check-quality): compare the load with the landing table',
    author: dataEngineer,
    daysAgo: 16,
    changes: [
      insertBefore(
        places.checkQuality,
        '    "negative case reserves":',
        '    "claims that the load lacks": spark.read.table("lh_claims_dev.landing.claim").join(claims, "claim_number", "left_anti").count(),\n',
      ),
    ],
  },
  {
    message:
      'fix(check-quality): allow for claims that arrive during the load\n\nThe comparison counted claims that landed after the load had started.',
    author: dataEngineer,
    daysAgo: 15,
    changes: [
      replace(
        places.checkQuality,
        'spark.read.table("lh_claims_dev.landing.claim").join(',
        'spark.read.table("lh_claims_dev.landing.claim").where("landed_at < current_date()").join(',
      ),
      insertAfter(
        places.operationsGuide,
        'keep the figures of the day before.\n',
        'Claims that land during a load are compared on the next day.\n',
      ),
    ],
  },
  {
    message: 'feat(recoveries): add the data pipeline pl_recoveries',
    author: dataEngineer,
    daysAgo: 12,
    changes: [
      { kind: 'copy-folder', from: 'later/pl-recoveries', to: 'workspace/pl_recoveries.DataPipeline' },
      insertBefore(
        places.operationsGuide,
        '| pl_month_end |',
        '| pl_recoveries | by hand, until finance has agreed | loads salvage and subrogation |\n',
      ),
    ],
  },
  {
    message: 'feat(claims-model): divide Loss ratio by earned premium',
    author: analyticsEngineer,
    daysAgo: 9,
    changes: [
      replace(
        places.claimsTable,
        "\t/// Gross incurred over premium\n\tmeasure 'Loss ratio' = DIVIDE([Gross incurred], [Written premium])",
        "\t/// Gross incurred over earned premium\n\tmeasure 'Loss ratio' = DIVIDE([Gross incurred], [Earned premium])",
      ),
      replace(places.measures, 'Gross incurred over written premium', 'Gross incurred over earned premium'),
    ],
  },
  {
    message: 'fix(reserves-development): name the card Reserves released in full',
    author: analyticsEngineer,
    daysAgo: 6,
    changes: [replace(places.releasedCard, '"\'Released\'"', '"\'Reserves released\'"')],
  },
  {
    message: 'fix(daily-load): read ten days of changed claims\n\nAfter a long weekend seven days were too few.',
    author: dataEngineer,
    daysAgo: 3,
    changes: [
      replace(
        places.dailyLoad,
        'select * from dbo.Claim where ChangedAt >= dateadd(day, -7',
        'select * from dbo.Claim where ChangedAt >= dateadd(day, -10',
      ),
    ],
  },
  {
    message: 'feat(claims-model): add the measure Claim frequency',
    author: analyticsEngineer,
    daysAgo: 1,
    changes: [
      insertBefore(
        places.claimsTable,
        '\t/// Claims that are not settled\n',
        measure(
          'Claims for each policy in force',
          'Claim frequency',
          'DIVIDE([Claim count], [Policies in force])',
          '0.0%',
          'f8fab2e5-05fc-4979-8fed-f8766cca4e7c',
        ),
      ),
      insertAfter(
        places.measures,
        '| Average claim cost | Gross incurred over the number of claims |\n',
        '| Claim frequency | Claims over policies in force |\n',
      ),
    ],
  },
]
