import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

type Running = { readonly url: string; readonly simulatorUrl: string; readonly ownerUrl: string }

/** Who signs in: the role names of the simulator's people. */
export type PersonName =
  | 'Data engineer'
  | 'Analytics engineer'
  | 'QA analyst'
  | 'Claims business lead'
  | 'Release manager'
  | 'CAB chair'
  | 'CAB member, finance'
  | 'Head of claims'
  | 'Internal auditor'
  | 'Portal administrator'
  | 'Incident manager'

type Fixtures = {
  /** A browser of that person's own, signed in through Entra's stand-in. */
  readonly as: (person: PersonName) => Promise<Page>
  readonly simulator: (path: string, body?: unknown) => Promise<unknown>
}

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const open: Page[] = []
    await use(async person => {
      const context = await browser.newContext({ baseURL: portal().url })
      const page = await context.newPage()
      open.push(page)
      await signIn(page, person)
      return page
    })
    for (const page of open) await page.context().close()
  },
  simulator: async ({ request }, use) => {
    await use(async (path, body) => {
      const url = `${portal().simulatorUrl}/_sim/${path}`
      const response = await (body === undefined ? request.get(url) : request.post(url, { data: body }))
      expect(response.ok(), `${url} answered ${response.status()}: ${await response.text()}`).toBe(true)
      return response.json()
    })
  },
})

/** The portal that all browser tests share. */
export const portal = (): Running => JSON.parse(readFileSync('.data/e2e/portal/running.json', 'utf8'))

export { expect }

async function signIn(page: Page, person: PersonName): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.getByRole('button', { name: new RegExp(`^${person}`) }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

/** No serious finding of axe, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
    expect(
      serious.map(
        one => `${colorScheme} ${page.url()}: ${one.id} ${one.nodes.map(node => node.target.join(' ')).join(', ')}`,
      ),
    ).toEqual([])
  }
}
