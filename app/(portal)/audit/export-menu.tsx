import { ButtonLink } from '@/components/ui/button-link'
import { type AuditAsked, addressOf } from './filter'

export function ExportMenu({ asked }: { asked: AuditAsked }) {
  const href = (format: string) => addressOf('/audit/export', { ...asked, before: undefined, format })
  return (
    <div className="flex gap-2 print:hidden">
      <ButtonLink href={href('csv')} plainAnchor>
        Export CSV
      </ButtonLink>
      <ButtonLink href={href('jsonl')} plainAnchor>
        Export JSONL
      </ButtonLink>
    </div>
  )
}
