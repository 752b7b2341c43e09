import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { listTokens } from '@/lib/access/queries'
import { requirePerson } from '@/lib/access/session'
import { SettingsHead } from '../settings-head'
import { MakeToken } from './make-token'
import { TokenTable } from './token-table'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage() {
  const ctx = await requirePerson('/settings/tokens')
  const { tokens, projects } = await listTokens(ctx)
  return (
    <>
      <SettingsHead current="/settings/tokens" />
      {projects.length === 0 ? (
        <EmptyState kind="not-allowed" title="Tokens are for administrators">
          A token lets a build pipeline hand in evidence. The role Administrator of a project makes and revokes them.
        </EmptyState>
      ) : (
        <>
          <TokenTable tokens={tokens} now={new Date()} />
          <MakeToken projects={projects} />
        </>
      )}
    </>
  )
}
