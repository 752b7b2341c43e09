import { hopLabels } from '../ci/checks'
import type { Build, Report } from '../ci/store'
import { escapeHtml, when } from '../entra/page'
import type { Delivery } from './store'

/** What the build reported and the portal answered, newest first. */
export function buildList(builds: readonly Build[]): string {
  if (builds.length === 0) return '<p>Nothing yet.</p>'
  return [...builds].reverse().map(buildPanel).join('\n')
}

function buildPanel(build: Build, index: number): string {
  const { number, commit, hop, outcome, startedAt, reports } = build
  const taken = reports.filter(isTaken).length
  const tone = taken === reports.length ? 'good' : 'bad'
  return `<details class="panel"${index === 0 ? ' open' : ''}><summary><strong>Build ${number}, ${hopLabels[hop]}: ${outcome}</strong>
<span class="${tone}">${taken} of ${reports.length} taken</span>
<span class="muted"><span class="mono">${commit.slice(0, 10)}</span>, ${when(startedAt)}</span></summary>
<table style="table-layout:fixed"><thead><tr><th scope="col">Reported</th><th scope="col">The portal's answer</th></tr></thead>
<tbody>${reports.map(reportRow).join('\n')}</tbody></table></details>`
}

function reportRow(report: Report): string {
  const { label, summary, link, answer } = report
  return `<tr><th scope="row">${escapeHtml(label)}<br><span class="muted" style="font-weight:400">${escapeHtml(summary)}</span><br>
<span class="mono muted small" style="font-weight:400">${escapeHtml(link)}</span></th>
<td>${outcomeOf(report.status)}<br><span class="mono muted">${escapeHtml(answer || '(empty)')}</span></td></tr>`
}

/** What was sent to the webhook, newest first. */
export function deliveryList(deliveries: readonly Delivery[]): string {
  if (deliveries.length === 0) return '<p>Nothing yet.</p>'
  const panels = [...deliveries].reverse().map(
    ({ event, sentAt, status, answer, durationMs, body, id }) =>
      `<details class="panel"><summary><strong>${escapeHtml(event)}</strong> ${outcomeOf(status)}
<span class="muted">${when(sentAt)}, ${durationMs} ms</span></summary>
<p class="mono muted">${escapeHtml(id)}</p><p>Answer</p><pre>${escapeHtml(answer || '(empty)')}</pre>
<p>Sent</p><pre>${escapeHtml(JSON.stringify(JSON.parse(body), null, 2))}</pre></details>`,
  )
  return panels.join('\n')
}

const isTaken = ({ status }: Pick<Report, 'status'>) => status !== null && status < 300

function outcomeOf(status: number | null): string {
  const text = status === null ? 'no answer' : `answered ${status}`
  return `<span class="${isTaken({ status }) ? 'good' : 'bad'}">${text}</span>`
}
