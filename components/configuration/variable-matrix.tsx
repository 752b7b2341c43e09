import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Icon } from '@/components/ui/icon'
import { Mono } from '@/components/ui/mono'
import { type Tier, tierFacts, tiers } from '@/lib/environment/tier'
import type { ConfigurationView, VariableView } from '@/lib/insight/configuration/queries'
import type { ConfigurationActions } from './forms'

type VariableMatrixProps = {
  view: Pick<ConfigurationView, 'id' | 'slug' | 'variables' | 'because'>
  fill: ConfigurationActions['fillValue']
}

/** Each variable with its value in each tier; a missing value says so and offers what the convention suggests. */
export function VariableMatrix({ view: { id, slug, variables, because }, fill }: VariableMatrixProps) {
  const mayChange = because === null
  const columns = [{ label: 'Variable' }, ...tiers.map(tier => ({ label: tierFacts[tier].label }))]
  return (
    <DataTable label="Variables by tier" columns={columns}>
      {variables.map(variable => (
        <TableRow key={variable.name}>
          <RowHead
            href={
              mayChange
                ? `/projects/${slug}/configuration?${new URLSearchParams({ variable: variable.name })}#change`
                : undefined
            }
            note={variable.kind}
          >
            {variable.name}
          </RowHead>
          {tiers.map(tier => (
            <Cell key={tier}>
              <Value variable={variable} tier={tier} fill={mayChange ? fill : null} projectId={id} />
            </Cell>
          ))}
        </TableRow>
      ))}
    </DataTable>
  )
}

type ValueProps = {
  variable: VariableView
  tier: Tier
  fill: ConfigurationActions['fillValue'] | null
  projectId: string
}

function Value({ variable, tier, fill, projectId }: ValueProps) {
  const value = variable.values[tier]
  if (value !== undefined) return <Mono>{value}</Mono>
  const proposal = variable.proposals[tier]
  return (
    <div className="space-y-1">
      <span className="flex items-center gap-1.5 text-attention">
        <Icon name="circle" className="size-3.5" />
        Missing
      </span>
      {proposal && fill && (
        <ActionForm
          action={fill}
          label={`Use ${proposal} for ${variable.name} in ${tierFacts[tier].label}`}
          hidden={{ projectId, name: variable.name, tier, value: proposal }}
        >
          <SubmitButton variant="plain" size="sm" pending="Saving">
            <span>
              Use <span className="mono wrap-anywhere">{proposal}</span>
            </span>
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
