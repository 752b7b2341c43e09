import { ActionForm } from '@/components/form/action-form'
import { Checkbox } from '@/components/form/checkbox'
import { Select } from '@/components/form/select'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { Region } from '@/components/ui/region'
import { tokenScopes } from '@/lib/access/tokens'
import { makeTokenAction } from './actions'
import { scopeLabels } from './scope-labels'

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
]

export function MakeToken({ projects }: { projects: readonly { id: string; name: string }[] }) {
  return (
    <Region title="Make a token" padded>
      <ActionForm action={makeTokenAction} label="Make a token" clears>
        <TextInput name="name" label="Name" hint="What uses it, such as “Unit tests in CI”" maxLength={80} required />
        <Select
          name="projectId"
          label="Project"
          prompt="Choose a project"
          options={projects.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <fieldset>
          <legend className="mb-1 font-medium">May</legend>
          {tokenScopes.map(scope => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              label={scopeLabels[scope]}
              defaultChecked={scope === 'evidence:write'}
            />
          ))}
        </fieldset>
        <Select name="days" label="Valid for" options={lifetimes} defaultValue="90" />
        <SubmitButton pending="Making token">Make token</SubmitButton>
      </ActionForm>
    </Region>
  )
}
