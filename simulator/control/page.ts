import type { Simulation } from '../fabric/simulation'
import type { Reply } from '../http/call'

const links = [
  ['/_sim/state', 'What is there'],
  ['/_sim/calls', 'Calls made so far'],
  ['/_sim/settings', 'Settings'],
  ['/_sim/faults', 'Faults that are set'],
  ['/_sim/mail', 'Mail that was sent'],
  ['/_sim/teams', 'Messages that were posted'],
  ['/_sim/developer', 'Push as a developer'],
] as const

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** A page of plain links for people. */
export function indexPage(sim: Simulation): Reply {
  const workspaces = sim.store.workspaces
    .filter(workspace => workspace.deletedAt === null)
    .map(({ id, displayName }) => `<li><a href="/_sim/workspaces/${id}">${escapeHtml(displayName)}</a></li>`)
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Fabric simulator</title>
<style>body{font:16px/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}</style>
<h1>Fabric simulator</h1>
<p>Stands in for Fabric, Power BI, Entra, Graph, Teams, GitHub and a mail server at ${escapeHtml(sim.baseUrl)}.</p>
<ul>${links.map(([path, label]) => `<li><a href="${path}">${label}</a></li>`).join('')}</ul>
<h2>Workspaces</h2><ul>${workspaces.join('')}</ul></html>`
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: Buffer.from(html) }
}
