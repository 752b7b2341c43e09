import type { Build } from '../ci/store'
import type { DeveloperChange } from '../demo/developer-changes'
import { escapeHtml, page, when } from '../entra/page'
import type { Person } from '../tenant'
import { buildList, deliveryList } from './developer-lists'
import type { GitCommit } from './history'
import type { Place } from './hub'
import type { Delivery, PullRequest } from './store'

export type DeveloperView = {
  readonly place: Place
  readonly changes: readonly DeveloperChange[]
  readonly commits: readonly GitCommit[]
  readonly pullRequests: readonly PullRequest[]
  readonly deliveries: readonly Delivery[]
  readonly builds: readonly Build[]
  readonly webhookUrl: string | null
  readonly portalUrl: string | null
  readonly people: readonly Person[]
  readonly refusal: string | null
}

/** Where a person who tries the demo commits, approves and builds, and sees what the portal answered. */
export function developerPage(view: DeveloperView): string {
  const { place, webhookUrl, portalUrl, refusal } = view
  const target = webhookUrl
    ? `Webhooks go to <span class="mono">${escapeHtml(webhookUrl)}</span>.`
    : 'No webhook is set for this repository, so nobody hears of a commit.'
  const reported = portalUrl
    ? `The build reports to <span class="mono">${escapeHtml(portalUrl)}</span>.`
    : 'The build does not know the portal, so nobody hears of a result.'
  return page(
    'Be the developer',
    'GitHub and a build server',
    `<p class="muted">Branch ${escapeHtml(place.defaultBranch)} of ${escapeHtml(place.fullName)}. ${target} ${reported}</p>
${refusal ? `<p class="bad" role="alert">${escapeHtml(refusal)}</p>` : ''}
<h2>Commit a change</h2>${view.changes.map((change, index) => changePanel(view, change, index)).join('\n')}
<h2>Approve and build</h2>${view.commits.map((commit, index) => commitPanel(view, commit, index)).join('\n')}
<h2 id="reported">What the build reported</h2>${buildList(view.builds)}
<h2 id="sent">What GitHub sent</h2>${deliveryList(view.deliveries)}`,
    '760px',
  )
}

function changePanel({ people }: DeveloperView, change: DeveloperChange, index: number): string {
  return `<details class="panel"${index === 0 ? ' open' : ''}><summary><strong>${escapeHtml(change.title)}</strong></summary>
<form method="post" action="/_sim/developer/commit"><input type="hidden" name="change" value="${index}">
<label>Message <textarea name="message" rows="3" required>${escapeHtml(change.message)}</textarea></label>
<label>Author ${peopleSelect('author', people, 0)}</label>
<label style="display:flex;align-items:center;gap:8px;min-height:32px"><input type="checkbox" name="build" checked
style="width:16px;min-height:16px;margin:0"> Build after the commit</label>
<button class="button">Commit a change</button></form></details>`
}

function commitPanel(view: DeveloperView, commit: GitCommit, index: number): string {
  const { people, pullRequests } = view
  const [subject = ''] = commit.message.split('\n')
  const pull = pullRequests.findLast(candidate => candidate.commits.includes(commit.sha))
  const approvals = pull?.reviews.filter(review => review.state === 'APPROVED').map(review => review.login) ?? []
  const state = approvals.length > 0 ? `#${pull?.number} approved by ${approvals.join(', ')}` : 'Not approved'
  return `<details class="panel"${index === 0 ? ' open' : ''}><summary><strong>${escapeHtml(subject)}</strong><br><span class="muted">
<span class="mono">${commit.sha.slice(0, 10)}</span> by ${escapeHtml(commit.author.name)}, ${when(utc(commit.committedAt))}. ${escapeHtml(state)}.</span></summary>
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
}${buildForm(commit)}</details>`
}

function buildForm({ sha }: GitCommit): string {
  return `<form method="post" action="/_sim/developer/build"><input type="hidden" name="commit" value="${sha}">
<label>Result of the build <select name="outcome"><option value="pass" selected>Everything passes</option>
<option value="fail">Everything fails</option></select></label>
<div style="display:flex;flex-wrap:wrap;gap:8px"><button class="button" name="hop" value="dev-test">Build: report Dev → Test results</button>
<button class="button" name="hop" value="test-uat">Report Test → UAT results</button></div></form>`
}

function peopleSelect(name: string, people: readonly Person[], chosen: number): string {
  const options = people.map(
    (person, index) =>
      `<option value="${escapeHtml(person.mail)}"${index === chosen ? ' selected' : ''}>${escapeHtml(person.displayName)}</option>`,
  )
  return `<select name="${name}">${options.join('')}</select>`
}

const utc = (instant: string) => new Date(instant).toISOString()
