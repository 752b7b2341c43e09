import type { CriterionId } from '@/lib/gate/criteria'

/** What the pretended pipeline and provider reported. */
export const summaries: Partial<Record<CriterionId, string>> = {
  'code-review': 'Pull request approved by the analytics engineer',
  'unit-tests': '212 tests passed in 48 s',
  lint: '0 lint errors in 34 files',
  documentation: 'Every changed item has its page',
  'commit-convention': 'Every commit follows the convention',
  'integration-tests': '41 integration tests passed in 6 min',
  'data-quality': '18 of 18 checks passed',
  'performance-baseline': 'Nightly load 11 min 20 s, baseline 12 min',
  'security-scan': 'Scan completed: 0 high, 1 low',
}

export const texts = {
  rollbackPlan: {
    method: 'Backup restore',
    steps:
      'Restore the definitions that were backed up before the deployment, then run the smoke tests again. Nothing is loaded anew, so Prod is back within half an hour.',
    decidedBy: 'Release manager, with the incident manager',
  },
  onCall: { person: 'On-call engineer', contact: 'The data platform rota, extension 4411' },
  announcement: {
    subject: 'Claims reports: new release this week',
    text: 'Claims-Analytics gets a new release in the confirmed window. Reports may be slow for half an hour. What is new is in the release notes.',
  },
  failed: 'The nightly check counted claims that arrive during the load. The fix comes with the next release.',
} as const
