import { ActionForm } from '@/components/form/action-form'
import { Select } from '@/components/form/select'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { Region } from '@/components/ui/region'
import { roleLabels, roles } from '@/lib/access/roles'
import { grantRoleAction } from './actions'

type Props = {
  everywhere: boolean
  projects: readonly { id: string; name: string }[]
  people: readonly { id: string; name: string; email: string }[]
}

export function GiveRole({ people, ...where }: Props) {
  const options = people.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))
  return (
    <div className="grid gap-x-4 lg:grid-cols-2">
      <Region title="Give a group a role" padded>
        <ActionForm action={grantRoleAction} hidden={{ holder: 'group' }} label="Give a group a role" clears>
          <TextInput name="label" label="Group" hint="Its name in Entra ID" maxLength={120} required />
          <TextInput name="groupId" label="Object id" hint="As Entra ID shows it" mono required />
          <RoleAndProject {...where} />
        </ActionForm>
      </Region>
      <Region title="Give a person a role" padded>
        <ActionForm action={grantRoleAction} hidden={{ holder: 'person' }} label="Give a person a role" clears>
          <Select
            name="userId"
            label="Person"
            hint="Whoever has signed in here once"
            prompt="Choose a person"
            options={options}
          />
          <RoleAndProject {...where} />
        </ActionForm>
      </Region>
    </div>
  )
}

function RoleAndProject({ everywhere, projects }: Omit<Props, 'people'>) {
  const every = everywhere ? [{ value: 'every', label: 'Every project' }] : []
  return (
    <>
      <Select
        name="role"
        label="Role"
        prompt="Choose a role"
        options={roles.map(role => ({ value: role, label: roleLabels[role] }))}
      />
      <Select
        name="projectId"
        label="Project"
        prompt="Choose a project"
        options={[...projects.map(({ id, name }) => ({ value: id, label: name })), ...every]}
      />
      <SubmitButton pending="Giving role">Give role</SubmitButton>
    </>
  )
}
