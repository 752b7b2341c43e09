import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { ruleKindWords, ruleSentence } from '@/lib/configuration/rule-words'
import type { ConfigurationView } from '@/lib/insight/configuration/queries'

/** The rules in the order in which they apply. */
export function RuleTable({ view: { slug, rules, because } }: { view: ConfigurationView }) {
  return (
    <DataTable
      label="Rules"
      columns={[{ label: 'Rule' }, { label: 'Kind' }, { label: 'Variable' }, { label: 'What it does' }]}
    >
      {rules.map(({ rule }) => (
        <TableRow key={rule.name}>
          <RowHead
            href={
              because === null
                ? `/projects/${slug}/configuration?${new URLSearchParams({ rule: rule.name })}#change`
                : undefined
            }
          >
            {rule.name}
          </RowHead>
          <Cell>{ruleKindWords[rule.kind]}</Cell>
          <Cell>{rule.variable}</Cell>
          <Cell muted>{ruleSentence(rule)}</Cell>
        </TableRow>
      ))}
    </DataTable>
  )
}
