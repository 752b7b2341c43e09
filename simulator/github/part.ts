import type { IncomingMessage, ServerResponse } from 'node:http'
import { ciFolderBeside, openCiStore } from '../ci/store'
import { redirect, sendJson } from '../entra/http'
import { onPush, type Push } from '../git/pushes'
import { ensureRepositories, gitFolderBeside, noCommit, repositoryDir } from '../git/repositories'
import type { Part, PartContext } from '../part'
import { control, someDeveloper } from './control'
import { playDeveloper } from './developer'
import { type Hub, type Place, Refused } from './hub'
import { announce } from './pushes'
import { answerRest } from './rest'
import { createStore } from './store'

/** A GitHub with REST API, pull requests and signed webhooks, over the git part's repositories. */
export async function createGithubPart(context: PartContext): Promise<Part> {
  const { tenant, baseUrl, dataDir } = context
  const hub: Hub = {
    tenant,
    baseUrl,
    gitDir: gitFolderBeside(dataDir),
    store: createStore(dataDir),
    ci: openCiStore(ciFolderBeside(dataDir)),
  }
  await ensureRepositories({ tenant, dataDir: hub.gitDir })
  const places = tenant.repositories.map(
    ({ owner, name, defaultBranch }): Place => ({
      owner,
      name,
      fullName: `${owner}/${name}`,
      defaultBranch,
      directory: repositoryDir(hub.gitDir, owner, name),
    }),
  )
  const running = new Set<Promise<unknown>>()
  const listening = places.map(place =>
    onPush(place.directory, push => {
      const announced = announceBranches(hub, place, push).finally(() => running.delete(announced))
      running.add(announced)
    }),
  )
  const placeOf = (owner = '', name = '') => {
    const fullName = `${owner}/${name}`.toLowerCase()
    const place = places.find(candidate => candidate.fullName.toLowerCase() === fullName)
    if (!place) throw new Refused(404, 'Not Found')
    return place
  }

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
    if (url.pathname === '/_sim/github') return redirect(response, '/_sim/developer')
    const [, act] = /^\/_sim\/developer(?:\/(commit|approve|build))?$/.exec(url.pathname) ?? []
    if (url.pathname === '/_sim/developer' || act) {
      const [first] = places
      return first ? playDeveloper(hub, first, request, response, act ?? '') : false
    }
    const [, side, owner, name, rest = ''] =
      /^\/(_sim\/github|github\/repos)\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? []
    if (side === '_sim/github') return control(hub, placeOf(owner, name), request, response, rest)
    if (side) return answerRest(hub, placeOf(owner, name), request, response, rest, url.searchParams)
    return false
  }

  return {
    async handle(request, response, url) {
      try {
        return await answer(request, response, url)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return sendJson(response, error.status, { message: error.message, status: String(error.status) })
      }
    },
    async close() {
      for (const end of listening) end()
      await Promise.allSettled(running)
    },
  }
}

async function announceBranches(hub: Hub, place: Place, { before, after }: Push): Promise<void> {
  for (const branch of new Set([...before.keys(), ...after.keys()])) {
    const moved = { branch, before: before.get(branch) ?? noCommit, after: after.get(branch) ?? noCommit }
    if (moved.before !== moved.after) await announce(hub, place, moved, someDeveloper)
  }
}
