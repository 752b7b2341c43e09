import { createServer } from 'node:http'
import { mkdtempSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import { startSimulator } from '/work/main/simulator/server'
import { tenant } from '/work/main/simulator/demo/tenant'
import { EvidenceInput } from '/work/main/lib/gate/evidence-input'
import { criteria } from '/work/main/lib/gate/criteria'

let bad = 0, good = 0
const portal = createServer(async (q, r) => {
  const chunks: Buffer[] = []
  for await (const c of q) chunks.push(Buffer.from(c))
  const body = JSON.parse(Buffer.concat(chunks).toString())
  if (q.url !== '/api/v1/evidence') { r.writeHead(202).end('{"accepted":true}'); return }
  const ok = EvidenceInput.safeParse(body)
  ok.success ? good++ : (bad++, console.log(ok.error.message, body))
  if (body.criterion === 'security-scan') r.writeHead(403, {'content-type':'application/problem+json'}).end(JSON.stringify({type:'about:blank',title:'Not allowed',status:403,detail:'This token may report only: unit-tests, lint, documentation.',code:'not-allowed',facts:{criteria:['unit-tests','lint','documentation']}}))
  else r.writeHead(201).end(JSON.stringify({id: crypto.randomUUID()}))
})
await new Promise<void>(d => portal.listen(0, '127.0.0.1', d))
const portalUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
const sim = await startSimulator({ port: 0, smtpPort: 0, dataDir: mkdtempSync('/tmp/ci-look-'), tenant })
const post = (p: string, b: unknown) => fetch(sim.url + p, { method: 'POST', body: JSON.stringify(b) })
const [repo] = tenant.repositories
await post(`/_sim/github/${repo?.owner}/${repo?.name}/webhook`, { url: `${portalUrl}/api/webhooks/github`, secret: 's' })
console.log((await post('/_sim/ci', { portalUrl, token: 'gh_x' })).status)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' })
for (const js of [false]) {
  const c = await browser.newContext({ javaScriptEnabled: js, viewport: { width: 1440, height: 900 } })
  const p = await c.newPage()
  await p.goto(`${sim.url}/_sim/developer`)
  await p.getByRole('button', { name: 'Commit a change' }).first().click()
  await p.getByRole('button', { name: 'Report Test → UAT results' }).first().click()
  await p.getByLabel('Result of the build').first().selectOption('fail')
  await p.getByRole('button', { name: 'Build: report Dev → Test results' }).first().click()
  await p.getByRole('button', { name: 'Report Test → UAT results' }).first().click()
  console.log(p.url(), good, bad)
  await c.close()
}
for (const width of [1440, 390]) for (const scheme of ['light', 'dark'] as const) {
  const c = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } })
  const p = await c.newPage()
  await p.goto(`${sim.url}/_sim/developer`)
  console.log(width, scheme, await p.evaluate(() => document.documentElement.scrollWidth))
  await p.screenshot({ path: `/tmp/ci-look-${width}-${scheme}.png`, fullPage: true })
  await c.close()
}
console.log(criteria.filter(c => 'source' in c && c.source === 'pipeline').map(c => c.id).join())
await browser.close(); await sim.stop(); portal.close(); process.exit(0)
