import type { Metadata } from 'next'
import { Notice } from '@/components/ui/notice'
import { listManagedProjects, listMembers, listPeople } from '@/lib/access/queries'
import { requirePerson } from '@/lib/access/session'
import { SettingsHead } from '../settings-head'
import { GiveRole } from './give-role'
import { MemberTable } from './member-table'

export const metadata: Metadata = { title: 'Members' }

export default async function MembersPage() {
  const ctx = await requirePerson('/settings/members')
  const [members, managed, people] = await Promise.all([listMembers(ctx), listManagedProjects(ctx), listPeople(ctx)])
  const mayChange = managed.everywhere || managed.projects.length > 0
  const mayRevoke = (slug: string | null) =>
    managed.everywhere || managed.projects.some(project => project.slug === slug)
  return (
    <>
      <SettingsHead current="/settings/members" />
      {!mayChange && <Notice tone="info">Roles are given and taken away by the role Administrator.</Notice>}
      <MemberTable members={members} mayRevoke={mayRevoke} now={new Date()} />
      {mayChange && <GiveRole {...managed} people={people} />}
    </>
  )
}
