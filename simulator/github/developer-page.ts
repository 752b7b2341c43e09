import type { DeveloperChange } from '../demo/developer-changes'
import { escapeHtml, page, when } from '../entra/page'
import type { Person } from '../tenant'
import type { GitCommit } from './history'
import type { Place } from './hub'
import type { Delivery, PullRequest } from './store'

export type DeveloperView = {
  readonly place: Place
  readonly changes: readonly DeveloperChange[]
  readonly commits: readonly GitCommit[]
  readonly pullRequests: readonly PullRequest[]
  readonly deliveries: readonly Delivery[]
  readonly webhookUrl: string | null
  readonly people: readonly Person[]
  readonly refusal: string | null
}

/** Where a person who tries the demo commits and approves, and sees what the portal answered. */
export function developerPage(view: DeveloperView): string {
  const { place, webhookUrl, refusal } = view
  const target = webhookUrl
    ? `Webhooks go to <span class="mono">${escapeHtml(webhookUrl)}</span>.`
    : 'No webhook is set for this repository, so nobody hears of a commit.'
  return page(
    'Be the developer',
    'GitHub',
    `<p class="muted">Branch ${escapeHtml(place.defaultBranch)} of ${escapeHtml(place.fullName)}. ${target}</p>
${refusal ? `<p class="bad" role="alert">${escapeHtml(refusal)}</p>` : ''}
<h2>Commit a change</h2>${view.changes.map((change, index) => changePanel(view, change, index)).join('\n')}
<h2>Approve the pull request</h2>${view.commits.map(commit => commitPanel(view, commit)).join('\n')}
<h2 id="sent">What was sent</h2>${deliveryList(view.deliveries)}`,
    '760px',
  )
}

function changePanel({ people }: DeveloperView, change: DeveloperChange, index: number): string {
  return `<details class="panel"${index === 0 ? ' open' : ''}><summary><strong>${escapeHtml(change.title)}</strong></summary>
<form method="post" action="/_sim/developer/commit"><input type="hidden" name="change" value="${index}">
<label>Message <textarea name="message" rows="3" required>${escapeHtml(change.message)}</textarea></label>
<label>Author ${peopleSelect('author', people, 0)}</label>
<button class="button">Commit a change</button></form></details>`
}

function commitPanel({ people, pullRequests }: DeveloperView, commit: GitCommit): string {
  const [subject = ''] = commit.message.split('\n')
  const pull = pullRequests.findLast(candidate => candidate.commits.includes(commit.sha))
  const approvals = pull?.reviews.filter(review => review.state === 'APPROVED').map(review => review.login) ?? []
  const state = approvals.length > 0 ? `#${pull?.number} approved by ${approvals.join(', ')}` : 'Not approved'
  return `<section class="panel"><p><strong>${escapeHtml(subject)}</strong><br><span class="muted">
<span class="mono">${commit.sha.slice(0, 10)}</span> by ${escapeHtml(commit.author.name)}, ${when(utc(commit.committedAt))}. ${escapeHtml(state)}.</span></p>
${
  approvals.length > 0
    ? ''
    : `<form method="post" action="/_sim/developer/approve"><input type="hidden" name="commit" value="${commit.sha}">
<label>Reviewer ${peopleSelect(
        'reviewer',
        people.filter(person => person.mail !== commit.author.email),
        0,
      )}</label>
<button class="button">Approve the pull request</button></form>`
}</section>`
}

function peopleSelect(name: string, people: readonly Person[], chosen: number): string {
  const options = people.map(
    (person, index) =>
      `<option value="${escapeHtml(person.mail)}"${index === chosen ? ' selected' : ''}>${escapeHtml(person.displayName)}</option>`,
  )
  return `<select name="${name}">${options.join('')}</select>`
}

function deliveryList(deliveries: readonly Delivery[]): string {
  if (deliveries.length === 0) return '<p>Nothing yet.</p>'
  const panels = [...deliveries].reverse().map(({ event, sentAt, status, answer, durationMs, body, id }) => {
    const tone = status !== null && status < 300 ? 'good' : 'bad'
    const outcome = status === null ? 'no answer' : `answered ${status}`
    return `<details class="panel"><summary><strong>${escapeHtml(event)}</strong> <span class="${tone}">${outcome}</span>
<span class="muted">${when(sentAt)}, ${durationMs} ms</span></summary>
<p class="mono muted">${escapeHtml(id)}</p><p>Answer</p><pre>${escapeHtml(answer || '(empty)')}</pre>
<p>Sent</p><pre>${escapeHtml(JSON.stringify(JSON.parse(body), null, 2))}</pre></details>`
  })
  return panels.join('\n')
}

const utc = (instant: string) => new Date(instant).toISOString()
