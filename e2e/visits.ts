import { readdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { PersonName } from './fixtures'

export type Visit = {
  readonly name: string
  /** The page of app/ that it shows, or null: no page is meant to answer. */
  readonly route: string | null
  /** Who looks; null: nobody is signed in. */
  readonly as: PersonName | null
  readonly address: string
  /** The first link of this part of the page at `address` leads to the page. */
  readonly firstLinkOf?: { readonly role: 'table' | 'region'; readonly name: RegExp }
}

const project = '/projects/claims-analytics'
const ticket = '/tickets/[number]'
const release = `/projects/[slug]/releases/[number]`
const inTickets = { role: 'table', name: /^Tickets$/ } as const
const inReleases = { role: 'table', name: /^Releases$/ } as const

/** One visit or more to each page of the portal, by somebody who may see it. */
export const visits: readonly Visit[] = [
  { name: 'sign-in', route: '/sign-in', as: null, address: '/sign-in' },
  { name: 'sign-in after a refusal', route: '/sign-in', as: null, address: '/sign-in?error=AccessDenied' },
  { name: 'needs you', route: '/', as: 'Release manager', address: '/' },
  { name: 'needs you, for who only reads', route: '/', as: 'Internal auditor', address: '/' },
  { name: 'projects', route: '/projects', as: 'Data engineer', address: '/projects' },
  { name: 'path', route: '/projects/[slug]', as: 'Head of claims', address: project },
  { name: 'releases', route: '/projects/[slug]/releases', as: 'QA analyst', address: `${project}/releases` },
  {
    name: 'release',
    route: release,
    as: 'Claims business lead',
    address: `${project}/releases`,
    firstLinkOf: inReleases,
  },
  {
    name: 'change of an item',
    route: `${release}/changes/[item]`,
    as: 'Analytics engineer',
    address: `${project}/releases/2026.11.1`,
    firstLinkOf: { role: 'region', name: /^What (changed|is in it)/ },
  },
  {
    name: 'configuration',
    route: '/projects/[slug]/configuration',
    as: 'Portal administrator',
    address: `${project}/configuration`,
  },
  { name: 'tickets', route: '/tickets', as: 'Release manager', address: '/tickets' },
  { name: 'tickets, none found', route: '/tickets', as: 'Release manager', address: '/tickets?project=no-such' },
  {
    name: 'ticket waiting for QA',
    route: ticket,
    as: 'QA analyst',
    address: '/tickets?hop=test-uat&status=open',
    firstLinkOf: inTickets,
  },
  {
    name: 'ticket waiting for the release manager',
    route: ticket,
    as: 'Release manager',
    address: '/tickets?hop=uat-prod&status=open',
    firstLinkOf: inTickets,
  },
  {
    name: 'ticket waiting for a vote',
    route: ticket,
    as: 'CAB chair',
    address: '/tickets?hop=uat-prod&status=open',
    firstLinkOf: inTickets,
  },
  {
    name: 'ticket closed',
    route: ticket,
    as: 'Internal auditor',
    address: '/tickets?hop=uat-prod&status=closed',
    firstLinkOf: inTickets,
  },
  { name: 'ticket cancelled after a failed run', route: ticket, as: 'Data engineer', address: '/tickets/CHG-0007' },
  { name: 'approvals', route: '/approvals', as: 'CAB chair', address: '/approvals' },
  { name: 'audit', route: '/audit', as: 'Internal auditor', address: '/audit' },
  { name: 'settings', route: '/settings', as: 'Portal administrator', address: '/settings' },
  {
    name: 'settings: projects',
    route: '/settings/projects',
    as: 'Portal administrator',
    address: '/settings/projects',
  },
  {
    name: 'settings: link workspaces',
    route: '/settings/projects/[slug]',
    as: 'Portal administrator',
    address: '/settings/projects/claims-analytics',
  },
  { name: 'settings: members', route: '/settings/members', as: 'Portal administrator', address: '/settings/members' },
  { name: 'settings: tokens', route: '/settings/tokens', as: 'Portal administrator', address: '/settings/tokens' },
  { name: 'not found', route: null, as: 'Head of claims', address: '/tickets/CHG-9999' },
  { name: 'not found, without a session', route: null, as: null, address: '/no/such/page' },
]

/** The pages of app/ as routes, its groups left out: `/tickets/[number]`. */
export function routesOfApp(): string[] {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).map(path => path.replaceAll('\\', '/'))
  const pages = files.filter(path => /(^|\/)page\.tsx$/.test(path))
  const routes = pages.map(path => path.split('/').slice(0, -1))
  return routes.map(parts => `/${parts.filter(part => !part.startsWith('(')).join('/')}`).sort()
}

/** The address of the page itself, found as people find it. */
export async function addressOf(page: Page, { address, firstLinkOf }: Visit): Promise<string> {
  if (!firstLinkOf) return address
  await page.goto(address)
  const link = page.getByRole(firstLinkOf.role, { name: firstLinkOf.name }).getByRole('link').first()
  const found = await link.getAttribute('href')
  if (!found) throw new Error(`no link at ${address}`)
  return found
}
