import { ActionForm } from '@/components/form/action-form'
import { Select } from '@/components/form/select'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { ButtonLink } from '@/components/ui/button-link'
import { Disclosure } from '@/components/ui/disclosure'
import { Region } from '@/components/ui/region'
import { variableKinds } from '@/lib/configuration/variable'
import { tierFacts, tiers } from '@/lib/environment/tier'
import type { ConfigurationView, VariableView } from '@/lib/insight/configuration/queries'
import type { ConfigurationActions } from './forms'

type VariableFormProps = {
  view: Pick<ConfigurationView, 'id' | 'slug'>
  /** Null to add one. */
  variable: VariableView | null
  actions: Pick<ConfigurationActions, 'saveVariable' | 'removeVariable'>
}

/** Adds a variable, or changes the values of one. */
export function VariableForm({ view: { id, slug }, variable, actions }: VariableFormProps) {
  const title = variable ? `Change ${variable.name}` : 'Add a variable'
  const hidden: Record<string, string> = { projectId: id, seen: variable?.seen ?? '' }
  if (variable) hidden.name = variable.name
  return (
    <Region title={title} id="change" padded>
      <ActionForm action={actions.saveVariable} label={title} hidden={hidden} warns>
        {!variable && <TextInput name="name" label="Name" hint="Rules name it, e.g. Lakehouse." required />}
        <Select
          name="kind"
          label="Kind"
          options={variableKinds.map(kind => ({ value: kind, label: kind }))}
          defaultValue={variable?.kind}
        />
        <div className="grid items-end gap-x-4 md:grid-cols-2">
          {tiers.map(tier => (
            <TextInput
              key={tier}
              name={tier}
              label={`${tierFacts[tier].label} value`}
              hint={hintFor(variable, tier)}
              defaultValue={variable?.values[tier]}
              mono
            />
          ))}
        </div>
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending="Saving">{variable ? 'Save values' : 'Add variable'}</SubmitButton>
          <ButtonLink href={`/projects/${slug}/configuration`}>Back</ButtonLink>
        </div>
      </ActionForm>
      {variable && <Remove id={id} variable={variable} action={actions.removeVariable} />}
    </Region>
  )
}

function hintFor(variable: VariableView | null, tier: (typeof tiers)[number]): string | undefined {
  const proposal = variable?.proposals[tier]
  if (proposal) return `By the convention: ${proposal}`
  return tier === 'dev' ? 'What is looked for in the definitions.' : undefined
}

type RemoveProps = { id: string; variable: VariableView; action: ConfigurationActions['removeVariable'] }

function Remove({ id, variable, action }: RemoveProps) {
  return (
    <div className="mt-3">
      <Disclosure summary="Remove this variable">
        {variable.usedBy.length > 0 ? (
          <p>Rules need it: {variable.usedBy.join(', ')}. Remove them, or give them another variable, first.</p>
        ) : (
          <ActionForm action={action} label={`Remove ${variable.name}`} hidden={{ projectId: id, name: variable.name }}>
            <SubmitButton variant="danger" pending="Removing">
              Remove {variable.name}
            </SubmitButton>
          </ActionForm>
        )}
      </Disclosure>
    </div>
  )
}
