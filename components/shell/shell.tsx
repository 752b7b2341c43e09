import type { ReactNode } from 'react'
import { Icon, type IconName } from '@/components/ui/icon'
import { Brand } from './brand'
import { CloseOnNavigation } from './close-on-navigation'
import { NavLink } from './nav-link'
import { ThemeToggle } from './theme-toggle'
import { Waiting } from './waiting'

export type ShellProps = {
  person: { name: string; roles: readonly string[] }
  counts: { needsYou: Promise<number>; approvals: Promise<number> }
  projects: readonly { name: string; href: string }[]
  /** The sign-out form, with its token. */
  signOut: ReactNode
  children: ReactNode
}

const navId = 'navigation'

/** The frame of every page behind sign-in: skip link, navigation, who is here, and the page itself. */
export function Shell({ person, counts, projects, signOut, children }: ShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)] print:block">
      <a
        href="#main"
        className="sr-only z-10 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="flex items-center justify-between border-b px-2 py-2 md:hidden print:hidden">
        <Brand />
        <MenuButton waiting={counts.needsYou} />
      </header>
      <nav
        id={navId}
        popover="auto"
        aria-label="Main"
        className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-68 max-w-[85vw] flex-col gap-0.5 overflow-y-auto border-0 border-l bg-canvas px-2 py-3 text-ink-muted shadow-float open:flex md:sticky md:top-0 md:flex md:w-auto md:max-w-none md:border-r md:border-l-0 md:shadow-none print:hidden"
      >
        <div className="flex items-center justify-between pb-2">
          <Brand />
          <button
            type="button"
            popoverTarget={navId}
            popoverTargetAction="hide"
            className="flex size-8 cursor-pointer items-center justify-center rounded-md hover:bg-sunken md:hidden"
          >
            <Icon name="cross" />
            <span className="sr-only">Close menu</span>
          </button>
        </div>
        <Navigation counts={counts} projects={projects} />
        <Who person={person} signOut={signOut} />
        <CloseOnNavigation popover={navId} />
      </nav>
      <main id="main" tabIndex={-1} className="w-full max-w-310 px-4 pt-4 pb-16 outline-none md:px-8 md:pt-5 print:p-0">
        {children}
      </main>
    </div>
  )
}

function MenuButton({ waiting }: { waiting: Promise<number> }) {
  return (
    <button
      type="button"
      popoverTarget={navId}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md border px-3 font-medium"
    >
      <Icon name="menu" />
      Menu
      <Waiting count={waiting} of="waiting for you" />
    </button>
  )
}

function Navigation({ counts, projects }: Pick<ShellProps, 'counts' | 'projects'>) {
  return (
    <div className="flex flex-col gap-0.5">
      <NavLink href="/" exact>
        <NavIcon name="inbox" />
        Needs you
        <Waiting count={counts.needsYou} of="waiting for you" />
      </NavLink>
      <NavLink href="/projects" exact>
        <NavIcon name="path" />
        Projects
      </NavLink>
      <NavLink href="/tickets">
        <NavIcon name="ticket" />
        Tickets
      </NavLink>
      <NavLink href="/approvals">
        <NavIcon name="vote" />
        Approvals
        <Waiting count={counts.approvals} of="to decide on" />
      </NavLink>
      <NavLink href="/audit">
        <NavIcon name="audit" />
        Audit
      </NavLink>
      <NavLink href="/settings">
        <NavIcon name="settings" />
        Settings
      </NavLink>
      {projects.length > 0 && (
        <>
          <h2 id="nav-projects" className="px-2 pt-3.5 pb-1 text-xs font-medium text-ink-faint">
            Projects
          </h2>
          <ul aria-labelledby="nav-projects" className="flex flex-col gap-0.5">
            {projects.map(({ name, href }) => (
              <li key={href}>
                <NavLink href={href}>{name}</NavLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function NavIcon({ name }: { name: IconName }) {
  return <Icon name={name} className="size-4 text-ink-faint" />
}

function Who({ person, signOut }: Pick<ShellProps, 'person' | 'signOut'>) {
  return (
    <div className="mt-auto pt-4">
      <div className="border-t px-2 pt-2.5 text-xs">
        <p className="font-medium text-ink">{person.name}</p>
        <p className="text-ink-faint">{person.roles.join(', ') || 'No role yet'}</p>
        <div className="mt-1.5 flex items-center justify-between gap-2">
          {signOut}
          <ThemeToggle />
        </div>
      </div>
    </div>
  )
}
