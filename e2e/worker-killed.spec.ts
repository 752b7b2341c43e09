import { readFileSync } from 'node:fs'
import { demo } from '../simulator/demo/ids'
import { ask, startedFor, ticketId } from './database'
import { expect, portal, test } from './fixtures'
import { partsOf } from './journey'
import { commitToTest, openGateToProd, openGateToUat, promoteToUat, unused } from './stages'

type Call = { sequence: number; method: string; path: string; status: number; bodyDigest: string }
type Item = { id: string; displayName: string }

const prod = demo.workspaces.prod
const workerPid = () => Number(readFileSync('.data/e2e/portal/worker.pid', 'utf8'))

/** Half of the items is made at once, the other half by operations that take their time. */
const slow = { latencyMs: 150, asyncRate: 0.5, operationMs: 4_000 }

test('killing the worker during the promotion to Prod, and starting it again, finishes that promotion with one deployment', async ({
  as,
  simulator,
}) => {
  test.setTimeout(600_000)
  const prefix = unused('nb_killed')
  const names = Array.from({ length: 8 }, (_, index) => `${prefix}_${index + 1}`)
  const toUat = await commitToTest(as, simulator, names)
  const qa = await openGateToUat(as, simulator, toUat)
  const toProd = await promoteToUat(qa, toUat)
  const manager = await openGateToProd(as, toProd)
  const ticket = await ticketId(toProd.path)
  const calls = async (since: number) => (await simulator(`calls?since=${since}`)) as Call[]
  const since = (await calls(0)).at(-1)?.sequence ?? 0
  const { latencyMs, asyncRate, operationMs } = (await simulator('settings')) as typeof slow
  const itemsInProd = async () => ((await simulator(`workspaces/${prod}`)) as { items: Item[] }).items
  const before = new Set((await itemsInProd()).map(item => item.id))
  const ours = manager.getByRole('list', { name: 'Items of the run' }).getByRole('listitem').filter({ hasText: prefix })
  const succeeded = manager.getByRole('region', { name: 'Run' }).getByText('Succeeded.', { exact: true })
  const created = ours.filter({ hasText: /^Done/ })

  try {
    await simulator('settings', slow)
    await test.step('the worker is killed when some items are written and others are not', async () => {
      await manager.getByRole('button', { name: 'Promote to Prod…' }).click()
      const dialog = manager.getByRole('dialog')
      await dialog.getByLabel('Workspace name').fill('Claims-Analytics-Prod')
      await dialog.getByRole('button', { name: 'Promote to Prod' }).click()
      const counted = async () => [await created.count(), await ours.count()] as const
      const isHalfDone = async () => counted().then(([done, all]) => done > 0 && done < all)
      await expect.poll(isHalfDone, { timeout: 120_000, intervals: [100] }).toBe(true)
      const killed = workerPid()
      process.kill(killed, 'SIGKILL')
      await expect.poll(workerPid, { message: 'another worker is started' }).not.toBe(killed)
    })
  } finally {
    await simulator('settings', { latencyMs, asyncRate, operationMs })
  }

  await test.step('the run goes on by itself, and says so', async () => {
    await expect(succeeded).toBeVisible({ timeout: 180_000 })
    await manager.reload()
    await expect(succeeded).toBeVisible()
    await expect(created).toHaveCount(names.length)
    await expect(manager.getByRole('button', { name: 'Close ticket' })).toBeVisible()
  })

  await test.step('each item was created by one call, and stands in Prod once', async () => {
    const creates = (await calls(since)).filter(
      ({ method, path }) => method === 'POST' && path === `/v1/workspaces/${prod}/items`,
    )
    const arrived = (await itemsInProd()).filter(item => !before.has(item.id)).map(item => item.displayName)
    expect(arrived.filter(name => names.includes(name)).sort()).toEqual([...names].sort())
    expect(creates).toHaveLength(arrived.length)
    expect(new Set(creates.map(call => call.bodyDigest)).size, 'one call for each item').toBe(arrived.length)
    expect(creates.filter(call => call.status !== 201 && call.status !== 202)).toEqual([])
    const parts = await partsOf(portal().simulatorUrl, prod)
    for (const name of names) expect(parts.get(`${name}.Notebook`), name).toContain(`# ${name}`)
  })

  await test.step('there is one decision, one promotion and one end of it', async () => {
    expect(await startedFor(ticket)).toEqual({ promotions: 1, decisions: 1 })
    const ends = await ask<{ outcome: string }>(
      `SELECT text::jsonb #>> '{details,outcome}' AS outcome FROM audit_entry
       WHERE ticket_id = $1 AND action = 'promotion.ended'`,
      ticket,
    )
    expect(ends).toEqual([{ outcome: 'succeeded' }])
  })
})
