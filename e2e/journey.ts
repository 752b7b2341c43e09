import { expect, type Page } from '@playwright/test'
import type { DeveloperChange } from '../simulator/demo/developer-changes'

export type Control = (path: string, body?: unknown) => Promise<unknown>

const repository = 'github/claims-example/claims-analytics'

/** A developer's commit on main, with the build that follows it and, unless said otherwise, the approval of its pull request. */
export async function pushAndBuild(
  simulator: Control,
  change: DeveloperChange,
  options: { approve: boolean },
): Promise<{ commit: string }> {
  const author = { name: 'Data engineer', email: 'data.engineer@claims.example' }
  const pushed = (await simulator(`${repository}/push`, {
    message: change.message,
    author,
    changes: change.changes,
  })) as { after: string }
  await simulator('ci/build', { commit: pushed.after, hop: 'dev-test', outcome: 'pass' })
  if (options.approve)
    await simulator(`${repository}/approve`, { commit: pushed.after, reviewer: 'analytics-engineer' })
  return { commit: pushed.after }
}

/** The ticket of a commit's release into a tier, once the portal has opened it. */
export async function waitForTicket(
  page: Page,
  into: string,
  commit: string,
): Promise<{ path: string; release: string }> {
  const link = page
    .getByRole('row', { name: new RegExp(`to ${into}\\b`) })
    .first()
    .getByRole('link')
    .first()
  await expect
    .poll(
      async () => {
        await page.goto('/tickets')
        await link.click()
        await page.waitForURL(/\/tickets\/CHG-/)
        return (await page.getByRole('main').textContent()) ?? ''
      },
      { timeout: 90_000, intervals: [1_000], message: `a ticket into ${into} for ${commit}` },
    )
    .toContain(commit.slice(0, 7))
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  const release = /\d{4}\.\d{1,2}\.\d+/.exec(title)?.[0]
  if (!release) throw new Error(`no release number in ${title}`)
  return { path: new URL(page.url()).pathname, release }
}

/** Opens the ticket of a release into a tier from the list; returns its path. */
export async function ticketPage(page: Page, into: string, release: string): Promise<string> {
  const row = page.getByRole('row', { name: new RegExp(`${release.replaceAll('.', '\\.')} to ${into}\\b`) })
  await expect
    .poll(
      async () => {
        await page.goto('/tickets')
        return row.count()
      },
      {
        timeout: 60_000,
        message: `the ticket of ${release} into ${into}`,
      },
    )
    .toBeGreaterThan(0)
  await row.first().getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(into)
  return new URL(page.url()).pathname
}

type Call = { sequence: number; method: string; path: string; write: boolean }

/** The writes to a workspace since a call of the simulator's log. */
export async function callsTo(simulator: Control, workspaceId: string, since: number): Promise<string[]> {
  const log = (await simulator(`calls?since=${since}`)) as Call[]
  const writes = log.filter(
    call => call.write && call.path.includes(workspaceId) && !/getDefinition|testConnection/i.test(call.path),
  )
  return writes.map(call => `${call.method} ${call.path}`)
}

type WorkspaceState = { items: { id: string; type: string; displayName: string; parts: { path: string }[] }[] }

/** Names and all text of all parts in a workspace of the simulator, by item. */
export async function partsOf(simulatorUrl: string, workspaceId: string): Promise<Map<string, string>> {
  const state = (await (await fetch(`${simulatorUrl}/_sim/workspaces/${workspaceId}`)).json()) as WorkspaceState
  const texts = new Map<string, string>()
  for (const item of state.items) {
    const parts = await Promise.all(
      item.parts.map(async ({ path }) =>
        (await fetch(`${simulatorUrl}/_sim/items/${item.id}/part?path=${encodeURIComponent(path)}`)).text(),
      ),
    )
    texts.set(`${item.displayName}.${item.type}`, parts.join('\n'))
  }
  return texts
}

/** The text of a part of the page after loading it anew. */
export async function reloaded(page: Page, selector: string): Promise<string> {
  await page.reload()
  return (await page.locator(selector).textContent()) ?? ''
}
