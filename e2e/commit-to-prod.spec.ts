import { developerChanges } from '../simulator/demo/developer-changes'
import { demo } from '../simulator/demo/ids'
import { expect, portal, test } from './fixtures'
import { callsTo, partsOf, pushAndBuild, reloaded, ticketPage, waitForTicket } from './journey'

const change = developerChanges[Number(process.env.E2E_CHANGE ?? 0)]

test('one release from a commit to closed in Prod, by six people, with each refusal saying why', async ({
  as,
  simulator,
}) => {
  test.setTimeout(600_000)
  if (!change) throw new Error('the demo has no change to push')
  const engineer = await as('Data engineer')
  const before = await simulator(`calls?since=0`).then(log => (log as { sequence: number }[]).at(-1)?.sequence ?? 0)

  const { commit } = await pushAndBuild(simulator, change, { approve: false })
  const toTest = await waitForTicket(engineer, 'Test', commit)
  await test.step('the gate to Test is shut until the pull request is approved, and says so', async () => {
    await engineer.goto(toTest.path)
    await expect(engineer.getByText('Code review completed (PR approved)')).toBeVisible()
    await expect(engineer.getByRole('link', { name: /unmet/ })).toBeVisible()
    const writes = await callsTo(simulator, demo.workspaces.test, before)
    expect(writes, 'no write to Test before its gate was open').toEqual([])
  })

  await simulator(`github/claims-example/claims-analytics/approve`, { commit, reviewer: 'analytics-engineer' })
  await test.step('then it reaches Test by itself', async () => {
    await expect
      .poll(() => reloaded(engineer, 'main'), {
        timeout: 120_000,
        intervals: [1_000],
      })
      .toMatch(/Succeeded|Closed/)
  })

  const qa = await as('QA analyst')
  const toUat = await ticketPage(qa, 'UAT', toTest.release)
  await test.step('QA: the gate to UAT says what is missing', async () => {
    await expect(qa.getByRole('link', { name: /unmet/ })).toBeVisible()
    await expect(qa.locator('#criterion-integration-tests')).toContainText('Missing')
  })
  await simulator('ci/build', { commit, hop: 'test-uat', outcome: 'pass' })
  const analyst = await as('Analytics engineer')
  await analyst.goto(toUat)
  await analyst.getByText('Confirm the release notes').click()
  await analyst.getByRole('button', { name: 'Save release notes' }).click()
  await expect(analyst.locator('#criterion-release-notes')).toContainText('Analytics engineer')
  await qa.goto(toUat)
  await qa.getByRole('button', { name: 'Sign off for QA' }).click()
  await expect(qa.locator('#criterion-qa-sign-off')).toContainText('QA analyst')
  await qa.reload()
  await qa.getByRole('button', { name: 'Promote to UAT…' }).click()
  await qa.getByRole('dialog').getByRole('button', { name: 'Promote to UAT' }).click()
  await expect(qa.getByRole('button', { name: 'Close ticket' })).toBeVisible({ timeout: 120_000 })
  await qa.getByRole('button', { name: 'Close ticket' }).click()
  await expect(qa.getByRole('main')).toContainText('Succeeded')

  const business = await as('Claims business lead')
  const toProd = await ticketPage(business, 'Prod', toTest.release)
  await test.step('a business user signs off UAT, and cannot promote', async () => {
    await business.getByRole('button', { name: 'Sign off UAT' }).click()
    await expect(business.locator('#criterion-uat-sign-off')).toContainText('Claims business lead')
    await expect(business.getByRole('button', { name: /Promote to Prod…/ })).toHaveCount(0)
  })

  const manager = await as('Release manager')
  await manager.goto(toProd)
  await test.step('the release manager writes the records', async () => {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Oslo' }).format(new Date())
    const window = manager.locator('#criterion-deployment-window')
    await window.getByText('Confirm a window').click()
    await window.getByLabel('Date').fill(today)
    await window.getByLabel('From').fill('00:00')
    await window.getByLabel('To', { exact: true }).fill('23:59')
    await window.getByRole('button', { name: 'Confirm window' }).click()
    await expect(window).toContainText('Release manager')
    const rollback = manager.locator('#criterion-rollback-plan')
    await rollback.getByText('Write the rollback plan').click()
    await rollback.getByLabel('Method').selectOption('Backup restore')
    await rollback.getByLabel('Steps').fill('Restore the backup, then run the smoke tests.')
    await rollback.getByLabel('Who decides').fill('Release manager')
    await rollback.getByRole('button', { name: 'Save rollback plan' }).click()
    await expect(rollback).toContainText('Rewrite the rollback plan')
    const onCall = manager.locator('#criterion-on-call')
    await onCall.getByText('Name who is on call').click()
    await onCall.getByLabel('Person').fill('On-call engineer')
    await onCall.getByLabel('Contact').fill('extension 4411')
    await onCall.getByRole('button', { name: 'Save on-call' }).click()
    await expect(onCall).toContainText('On-call engineer is on call')
    const communication = manager.locator('#criterion-communication')
    await communication.getByText('Write the announcement').click()
    await communication.getByRole('button', { name: 'Send announcement' }).click()
    await expect(communication).toContainText('Release manager')
    await expect
      .poll(() => reloaded(manager, '#criterion-communication'), {
        timeout: 60_000,
      })
      .toMatch(/delivered/)
  })

  await test.step('one vote of the CAB is not enough', async () => {
    const finance = await as('CAB member, finance')
    await finance.goto(toProd)
    await finance.getByRole('button', { name: 'Approve change request' }).click()
    await expect(finance.locator('#criterion-change-request')).toContainText('1 of 2')
    const chair = await as('CAB chair')
    await chair.goto(toProd)
    await chair.getByRole('button', { name: 'Approve change request' }).click()
    await expect(chair.locator('#criterion-change-request')).toContainText('2 of 2')
  })

  await test.step('Prod, with the name of the workspace typed', async () => {
    await manager.reload()
    await manager.getByRole('button', { name: 'Promote to Prod…' }).click()
    const dialog = manager.getByRole('dialog')
    await dialog.getByLabel('Workspace name').fill('Claims-Analytics-Test')
    await dialog.getByRole('button', { name: 'Promote to Prod' }).click()
    await expect(dialog).toContainText('Claims-Analytics-Prod')
    await dialog.getByLabel('Workspace name').fill('Claims-Analytics-Prod')
    await dialog.getByRole('button', { name: 'Promote to Prod' }).click()
    await expect(manager.getByRole('button', { name: 'Close ticket' })).toBeVisible({ timeout: 120_000 })
    await manager.getByRole('button', { name: 'Close ticket' }).click()
    await expect(manager.getByRole('main')).toContainText('Succeeded')
  })

  await test.step('no id or name of another tier stands in any part of Prod', async () => {
    const parts = await partsOf(portal().simulatorUrl, demo.workspaces.prod)
    expect(parts.size).toBeGreaterThanOrEqual(19)
    const text = [...parts].flat().join('\n').toLowerCase()
    const others = (['dev', 'test', 'uat'] as const).flatMap(tier => [
      demo.workspaces[tier],
      demo.connections.sql[tier],
      demo.connections.pipelines[tier],
      demo.capacities[tier],
      `lh_claims_${tier}`,
      `wh_claims_${tier}`,
      `sql-claims-${tier}.claims.example`,
      `claimscore_${tier}`,
    ])
    expect(others.filter(other => text.includes(other.toLowerCase()))).toEqual([])
  })

  await test.step('people were told by mail, at each stage and at the end', async () => {
    const { messages } = (await simulator('mail.json')) as { messages: { subject: string }[] }
    const subjects = messages
      .map(mail => mail.subject)
      .filter(subject => subject.includes(toTest.release))
      .join('\n')
    for (const tier of ['Test', 'UAT', 'Prod']) expect(subjects).toContain(tier)
  })
})
