import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startChild } from '../process/child'
import { freePort } from '../process/free-port'
import { answered, waitFor } from '../process/wait-for'

const run = promisify(execFile)
const next = 'node_modules/next/dist/bin/next'

/**
 * The least that Next can do: a page rendered for each request, with as many rows as a list of the portal, from memory.
 * `folder` lies below the repository, so that Next and React are the same.
 */
export async function startBarePage(
  folder: string,
  rows: number,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const app = join(folder, 'bare')
  await mkdir(join(app, 'app'), { recursive: true })
  await writeFile(
    join(app, 'next.config.mjs'),
    `export default { poweredByHeader: false, turbopack: { root: ${JSON.stringify(resolve('.'))} } }\n`,
  )
  await writeFile(join(app, 'app/layout.jsx'), layout)
  await writeFile(join(app, 'app/page.jsx'), page(rows))
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  await run(process.execPath, [next, 'build', app], { env, maxBuffer: 64 << 20 })
  const port = await freePort()
  const child = await startChild({
    name: 'bare page',
    args: [next, 'start', app, '-p', String(port), '-H', '127.0.0.1'],
    env: { NODE_ENV: 'production' },
    logPath: join(folder, 'logs/bare.log'),
  })
  const url = `http://127.0.0.1:${port}/`
  await waitFor('The bare page', () => answered(url), { deadlineMs: 60_000 })
  return { url, stop: child.stop }
}

const layout = `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>
}
`

const page = (rows: number) => `import { connection } from 'next/server'

const rows = Array.from({ length: ${rows} }, (_, index) => ({
  number: 'CHG-' + index, hop: 'Test → UAT', release: '2026.11.' + index, status: 'Deployed', by: 'Release manager', at: '25 Nov',
}))

export default async function Page() {
  await connection()
  return (
    <table>
      <thead><tr><th>Ticket</th><th>Hop</th><th>Release</th><th>Status</th><th>Requested by</th><th>Opened</th></tr></thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.number}>
            <th><a href={'/' + row.number}>{row.number}</a></th>
            <td>{row.hop}</td><td>{row.release}</td><td>{row.status}</td><td>{row.by}</td><td>{row.at}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
`
