import { ActionForm } from '@/components/form/action-form'
import { Select } from '@/components/form/select'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { ButtonLink } from '@/components/ui/button-link'
import { Disclosure } from '@/components/ui/disclosure'
import { Region } from '@/components/ui/region'
import { ruleKinds } from '@/lib/configuration/rule'
import { ruleKindWords } from '@/lib/configuration/rule-words'
import type { ConfigurationView, RuleView } from '@/lib/insight/configuration/queries'
import type { ConfigurationActions } from './forms'

type RuleFormProps = {
  view: Pick<ConfigurationView, 'id' | 'slug' | 'variables'>
  /** Null to add one. */
  known: RuleView | null
  actions: Pick<ConfigurationActions, 'saveRule' | 'removeRule'>
}

/** Adds a rule after the others, or changes one. */
export function RuleForm({ view: { id, slug, variables }, known, actions }: RuleFormProps) {
  const rule = known?.rule ?? null
  const title = rule ? `Change ${rule.name}` : 'Add a rule'
  const itemTypes = rule && 'itemTypes' in rule ? rule.itemTypes?.join(', ') : undefined
  return (
    <Region title={title} id="change" padded>
      <ActionForm
        action={actions.saveRule}
        label={title}
        hidden={{ projectId: id, seen: known?.seen ?? '', ...(rule ? { name: rule.name } : {}) }}
        warns
      >
        {!rule && <TextInput name="name" label="Name" hint="What it rewrites, e.g. Source connection." required />}
        <Select
          name="kind"
          label="Kind"
          prompt="Choose a kind"
          options={ruleKinds.map(kind => ({ value: kind, label: ruleKindWords[kind] }))}
          defaultValue={rule?.kind}
        />
        <Select
          name="variable"
          label="Variable"
          hint="Its Dev value is looked for; its value for the tier is put in."
          prompt="Choose a variable"
          options={variables.map(({ name, kind }) => ({ value: name, label: `${name} (${kind})` }))}
          defaultValue={rule?.variable}
        />
        <TextInput
          name="parameter"
          label="Parameter"
          hint="For the kind Parameter: its name in the model or pipeline."
          defaultValue={rule && 'parameter' in rule ? rule.parameter : undefined}
          optional
        />
        <TextInput
          name="itemTypes"
          label="Item types"
          hint="For Data source and Parameter, with commas between: Notebook, DataPipeline. None means every item."
          defaultValue={itemTypes}
          optional
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending="Saving">{rule ? 'Save rule' : 'Add rule'}</SubmitButton>
          <ButtonLink href={`/projects/${slug}/configuration`}>Back</ButtonLink>
        </div>
      </ActionForm>
      {rule && (
        <div className="mt-3">
          <Disclosure summary="Remove this rule">
            <ActionForm
              action={actions.removeRule}
              label={`Remove ${rule.name}`}
              hidden={{ projectId: id, name: rule.name }}
            >
              <p className="mb-2">What it would have rewritten will stay as it is in Dev; the plan will show leaks.</p>
              <SubmitButton variant="danger" pending="Removing">
                Remove {rule.name}
              </SubmitButton>
            </ActionForm>
          </Disclosure>
        </div>
      )}
    </Region>
  )
}
