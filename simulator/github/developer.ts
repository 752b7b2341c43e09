import type { IncomingMessage, ServerResponse } from 'node:http'
import { BuildRequest, runBuild } from '../ci/build'
import { noTarget } from '../ci/part'
import { developerChanges } from '../demo/developer-changes'
import { readForm, redirect, sendHtml } from '../entra/http'
import { readTree } from '../git/repositories'
import type { Person } from '../tenant'
import { approve, commitAndPush, someDeveloper } from './control'
import { developerPage } from './developer-page'
import { readCommits } from './history'
import { type Hub, type Place, Refused } from './hub'
import { loginOf } from './payloads'
import { stillToDo } from './prepared-change'
import { readPullRequests } from './pull-requests'

const address = '/_sim/developer'
const commitsShown = 5
const deliveriesShown = 12
const buildsShown = 6

/** The page for a person who plays the developer, and its three acts. */
export async function playDeveloper(
  hub: Hub,
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  act: string,
): Promise<true> {
  if (request.method !== 'POST') return show(hub, place, response, null)
  const form = await readForm(request)
  try {
    if (act === 'commit') await commit(hub, place, form)
    else if (act === 'build') await build(hub, form)
    else await approve(hub, place, { commit: form.get('commit') ?? '' }, loginOf(form.get('reviewer') ?? 'reviewer'))
    return redirect(response, `${address}${act === 'build' || form.has('build') ? '#reported' : '#sent'}`)
  } catch (error) {
    if (error instanceof Refused) return show(hub, place, response, error)
    throw error
  }
}

async function commit(hub: Hub, place: Place, form: URLSearchParams): Promise<void> {
  const chosen = developerChanges[Number(form.get('change'))]
  const message = form.get('message')?.replace(/\r\n/g, '\n').trim()
  if (!chosen || !message) throw new Refused(422, 'A change and a message are needed.')
  const { files } = await readTree(hub.gitDir, place.owner, place.name, place.defaultBranch, '')
  const person = hub.tenant.people.find(({ mail }) => mail === form.get('author'))
  const author = person ? { name: person.displayName, email: person.mail } : someDeveloper
  const changes = stillToDo(files, chosen.title, chosen.changes)
  const { after } = await commitAndPush(hub, place, { messages: [message], author, changes })
  const portal = hub.ci.target()
  if (portal && form.has('build')) await runBuild(hub.ci, portal, { commit: after, hop: 'dev-test', outcome: 'pass' })
}

async function build({ ci }: Hub, form: URLSearchParams): Promise<void> {
  const asked = BuildRequest.safeParse(Object.fromEntries(form))
  if (!asked.success) throw new Refused(422, 'A commit, a hop and an outcome are needed.')
  const portal = ci.target()
  if (!portal) throw new Refused(409, noTarget)
  await runBuild(ci, portal, asked.data)
}

async function show(hub: Hub, place: Place, response: ServerResponse, refusal: Refused | null): Promise<true> {
  const { webhook } = hub.store.read(place.fullName)
  const html = developerPage({
    place,
    changes: developerChanges,
    commits: await readCommits(place.directory, [place.defaultBranch], commitsShown),
    pullRequests: await readPullRequests(hub, place),
    deliveries: hub.store
      .deliveries()
      .filter(delivery => delivery.repository === place.fullName)
      .slice(-deliveriesShown),
    builds: hub.ci.builds().slice(-buildsShown),
    webhookUrl: webhook?.url ?? null,
    portalUrl: hub.ci.target()?.portalUrl ?? null,
    people: committersFirst(hub, place),
    refusal: refusal?.message ?? null,
  })
  return sendHtml(response, refusal?.status ?? 200, html)
}

/** Those who wrote the repository's commits come before all others. */
function committersFirst(hub: Hub, place: Place): readonly Person[] {
  const repository = hub.tenant.repositories.find(r => r.owner === place.owner && r.name === place.name)
  const committed = (person: Person) => repository?.commits.some(({ author }) => author.email === person.mail) ?? false
  return [...hub.tenant.people].sort((a, b) => Number(committed(b)) - Number(committed(a)))
}
