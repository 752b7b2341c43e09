import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { getShell, listAdministrators } from '@/lib/access/queries'
import { type PersonContext, requirePerson } from '@/lib/access/session'
import { asksFor } from '@/lib/insight/home/queries'
import { signOutAction } from './actions'
import { openTickets } from './open-tickets'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await requirePerson()
  const { name, roles, rightsUnknown, projects } = await getShell(ctx)
  const asks = openTickets(ctx).then(open => asksFor(ctx, open))
  const counts = {
    needsYou: asks.then(list => list.length),
    approvals: asks.then(list => list.filter(ask => ask.group === 'approve' || ask.group === 'sign-off').length),
  }
  return (
    <Shell
      person={{ name, roles }}
      counts={counts}
      projects={projects.map(project => ({ name: project.name, href: `/projects/${project.slug}` }))}
      signOut={<SignOut />}
    >
      {rightsUnknown && (
        <Notice title="Your groups could not be read, so you can only look at what was given to you by name.">
          Microsoft Graph did not answer when you signed in. Sign out and in again in some minutes.
        </Notice>
      )}
      {roles.length === 0 ? <NoRole ctx={ctx} rightsUnknown={rightsUnknown} /> : children}
    </Shell>
  )
}

function SignOut() {
  return (
    <form action={signOutAction}>
      <Button type="submit" size="sm" variant="quiet">
        Sign out
      </Button>
    </form>
  )
}

async function NoRole({ ctx, rightsUnknown }: { ctx: PersonContext; rightsUnknown: boolean }) {
  const administrators = await listAdministrators(ctx)
  return (
    <EmptyState
      kind="not-allowed"
      level={1}
      title={rightsUnknown ? 'No role was given to you by name' : 'You have no role in any project yet'}
    >
      <p>
        Roles are given for each project, to you or to one of your Entra groups.{' '}
        {administrators.length > 0 ? 'Ask one of the administrators:' : 'Ask the administrator of the portal.'}
      </p>
      {administrators.length > 0 && (
        <ul className="mt-1">
          {administrators.map(({ name, email }) => (
            <li key={email}>
              {name}, <a href={`mailto:${email}`}>{email}</a>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  )
}
