import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import type { PersonName } from './fixtures'
import { type Control, pushAndBuild, reloaded, ticketPage, waitForTicket } from './journey'

type As = (person: PersonName) => Promise<Page>

/** A commit's release that stands in a tier: its number, and the ticket that takes it on. */
export type Stage = { readonly commit: string; readonly release: string; readonly path: string }

/** A name that no earlier test of the same portal has used. */
export const unused = (name: string): string => `${name}_${Date.now().toString(36)}`

/** Notebooks that the project does not have yet, as a developer commits them. */
export function newNotebooks(names: readonly string[]) {
  const like = 'simulator/demo/items/nb_load_reference.Notebook'
  const platform = JSON.parse(readFileSync(`${like}/.platform`, 'utf8'))
  const text = readFileSync(`${like}/notebook-content.py`, 'utf8')
  const changes = names.flatMap(name => {
    const metadata = { ...platform.metadata, displayName: name, description: `Made for the test ${name}` }
    const config = { ...platform.config, logicalId: crypto.randomUUID() }
    const folder = `workspace/${name}.Notebook`
    return [
      { kind: 'write', path: `${folder}/.platform`, text: JSON.stringify({ ...platform, metadata, config }, null, 2) },
      { kind: 'write', path: `${folder}/notebook-content.py`, text: `${text}\n# ${name}\n` },
    ] as const
  })
  const title = `Add ${names.length === 1 ? 'a notebook' : `${names.length} notebooks`}`
  return { title, message: `feat(notebooks): ${title.toLowerCase()}`, changes }
}

/** A developer commits; the release reaches Test by itself, and waits there for QA. */
export async function commitToTest(as: As, simulator: Control, names: readonly string[]): Promise<Stage> {
  const { commit } = await pushAndBuild(simulator, newNotebooks(names), { approve: true })
  const engineer = await as('Data engineer')
  const { path, release } = await waitForTicket(engineer, 'Test', commit)
  await engineer.goto(path)
  await expect
    .poll(() => reloaded(engineer, 'main'), { timeout: 120_000, intervals: [1_000] })
    .toMatch(/Succeeded|Closed/)
  return { commit, release, path: await ticketPage(engineer, 'UAT', release) }
}

/** The build reports, the release notes are confirmed and QA signs off: the gate to UAT is open. */
export async function openGateToUat(as: As, simulator: Control, { commit, path }: Stage): Promise<Page> {
  await simulator('ci/build', { commit, hop: 'test-uat', outcome: 'pass' })
  const analyst = await as('Analytics engineer')
  await analyst.goto(path)
  await analyst.getByText('Confirm the release notes').click()
  await analyst.getByRole('button', { name: 'Save release notes' }).click()
  await expect(analyst.locator('#criterion-release-notes')).toContainText('Analytics engineer')
  const qa = await as('QA analyst')
  await qa.goto(path)
  await signOffForQa(qa)
  return qa
}

export async function signOffForQa(qa: Page): Promise<void> {
  await qa.getByRole('button', { name: 'Sign off for QA' }).click()
  await expect(qa.locator('#criterion-qa-sign-off')).toContainText('You said yes.')
  await expect(qa.getByRole('button', { name: 'Promote to UAT…' })).toBeVisible()
}

/** QA promotes to UAT; the ticket of the next hop is there once it succeeded. */
export async function promoteToUat(qa: Page, { release, commit }: Stage): Promise<Stage> {
  await qa.getByRole('button', { name: 'Promote to UAT…' }).click()
  await qa.getByRole('dialog').getByRole('button', { name: 'Promote to UAT' }).click()
  await expect(qa.getByRole('button', { name: 'Close ticket' })).toBeVisible({ timeout: 120_000 })
  return { release, commit, path: await ticketPage(qa, 'Prod', release) }
}

/** Everything that the gate to Prod asks of people; returns the release manager's page of the ticket. */
export async function openGateToProd(as: As, { path }: Stage): Promise<Page> {
  const business = await as('Claims business lead')
  await business.goto(path)
  await business.getByRole('button', { name: 'Sign off UAT' }).click()
  await expect(business.locator('#criterion-uat-sign-off')).toContainText('You said yes.')
  const manager = await as('Release manager')
  await manager.goto(path)
  await writeRecords(manager)
  for (const member of ['CAB member, finance', 'CAB chair'] as const) {
    const cab = await as(member)
    await cab.goto(path)
    await cab.getByRole('button', { name: 'Approve change request' }).click()
    await expect(cab.locator('#criterion-change-request')).toContainText('You said yes.')
  }
  await manager.reload()
  return manager
}

async function writeRecords(manager: Page): Promise<void> {
  const write = async (id: string, summary: string, fill: (row: Locator) => Promise<void>, button: string) => {
    const row = manager.locator(`#criterion-${id}`)
    await row.getByText(summary).click()
    await fill(row)
    await row.getByRole('button', { name: button }).click()
    await expect(row.getByText('Written down.')).toBeVisible()
  }
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Oslo' }).format(new Date())
  const window = async (row: Locator) => {
    await row.getByLabel('Date').fill(today)
    await row.getByLabel('From').fill('00:00')
    await row.getByLabel('To', { exact: true }).fill('23:59')
  }
  const rollback = async (row: Locator) => {
    await row.getByLabel('Method').selectOption('Backup restore')
    await row.getByLabel('Steps').fill('Restore the backup, then run the smoke tests.')
    await row.getByLabel('Who decides').fill('Release manager')
  }
  const onCall = async (row: Locator) => {
    await row.getByLabel('Person').fill('On-call engineer')
    await row.getByLabel('Contact').fill('extension 4411')
  }
  await write('deployment-window', 'Confirm a window', window, 'Confirm window')
  await write('rollback-plan', 'Write the rollback plan', rollback, 'Save rollback plan')
  await write('on-call', 'Name who is on call', onCall, 'Save on-call')
  await write('communication', 'Write the announcement', async () => {}, 'Send announcement')
  await expect.poll(() => reloaded(manager, '#criterion-communication'), { timeout: 60_000 }).toMatch(/delivered/)
}
