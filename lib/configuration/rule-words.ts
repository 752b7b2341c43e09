import type { Rule, RuleKind } from './rule'

export const ruleKindWords: Readonly<Record<RuleKind, string>> = {
  'data-source': 'Data source',
  parameter: 'Parameter',
  lakehouse: 'Lakehouse',
  capacity: 'Capacity',
}

/** What a rule does when a release goes into a tier, in one sentence. */
export function ruleSentence(rule: Rule): string {
  switch (rule.kind) {
    case 'data-source':
      return `Puts the tier’s value in place of the Dev value, in ${where(rule.itemTypes)}.`
    case 'parameter':
      return `Sets the parameter ${rule.parameter} to the tier’s value, in ${where(rule.itemTypes)}.`
    case 'lakehouse':
      return 'Binds what is bound to the Dev lakehouse to the tier’s lakehouse.'
    case 'capacity':
      return 'The workspace has to be on the tier’s capacity.'
  }
}

const where = (itemTypes: readonly string[] | null) => (itemTypes === null ? 'every item' : itemTypes.join(', '))
