import { Select } from '@/components/form/select'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { auditKinds } from '@/lib/audit/kinds'
import { type AuditAsked, isFiltered } from './filter'

type FilterFormProps = {
  asked: AuditAsked
  projects: readonly { readonly slug: string; readonly name: string }[]
  actors: readonly string[]
}

/** A plain form: what it asks for stands in the address. */
export function FilterForm({ asked, projects, actors }: FilterFormProps) {
  return (
    <form method="get" action="/audit" className="mb-1 flex flex-wrap items-end gap-x-3 print:hidden">
      <Select
        name="project"
        label="Project"
        prompt="Every project"
        defaultValue={asked.project ?? ''}
        options={projects.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <Select
        name="kind"
        label="Kind"
        prompt="Every kind"
        defaultValue={asked.kind ?? ''}
        options={auditKinds.map(({ id, label }) => ({ value: id, label }))}
      />
      <Select
        name="actor"
        label="Person"
        prompt="Everybody"
        defaultValue={asked.actor ?? ''}
        options={actors.map(name => ({ value: name, label: name }))}
      />
      <div className="mb-4 flex gap-2">
        <Button type="submit">Filter</Button>
        {isFiltered(asked) && (
          <ButtonLink href="/audit" variant="quiet">
            Clear filters
          </ButtonLink>
        )}
      </div>
    </form>
  )
}
