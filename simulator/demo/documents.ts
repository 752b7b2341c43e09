import type { Change } from '../tenant'

const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`

/** What stands beside the workspace in the repository from its first commit on. */
export const documents: readonly Change[] = [
  {
    kind: 'write',
    path: 'README.md',
    text: text(
      '# Claims-Analytics',
      '',
      'The Dev workspace of Claims-Analytics: `workspace/` holds its items, one folder for each.',
      'A commit on `main` reaches Dev by itself, and Test as soon as the gate is open.',
      '',
      '- [Measures](docs/measures.md): what the figures mean',
      '- [Operations](docs/operations.md): what runs when',
      '',
      'Commit messages follow Conventional Commits; the scope is the item, without its prefix.',
    ),
  },
  {
    kind: 'write',
    path: 'docs/measures.md',
    text: text(
      '# Measures',
      '',
      '| Measure | Meaning |',
      '|---|---|',
      '| Gross incurred | Paid plus case reserve |',
      '| Loss ratio | Gross incurred over written premium |',
    ),
  },
  {
    kind: 'write',
    path: 'docs/operations.md',
    text: text(
      '# Operations',
      '',
      '| Pipeline | When | What it does |',
      '|---|---|---|',
      '| pl_daily_load | every night, 04:00 | loads claims and policies, builds reserves, checks quality |',
      '| pl_month_end | first working day | the daily load, then the reserves of the closed month |',
      '',
      'When a quality check fails the load stops, and the reports keep the figures of the day before.',
    ),
  },
]
