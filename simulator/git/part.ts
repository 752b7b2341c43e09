import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Part, PartContext } from '../part'
import { gitEnvironment } from './process'
import { announcePush, branchesOf } from './pushes'
import { ensureRepositories, repositoryDir } from './repositories'

const gitPath = /^\/git\/([\w-][\w.-]*)\/([\w-][\w.-]*)\.git(\/.*)$/

/** The tenant's repositories, for clone, fetch and push at `/git/{owner}/{repository}.git`. */
export async function createGitPart(context: PartContext): Promise<Part> {
  await ensureRepositories(context)
  return {
    async handle(request, response, url) {
      const [, owner, repository, rest] = gitPath.exec(url.pathname) ?? []
      if (!owner || !repository || !rest) return false
      const directory = repositoryDir(context.dataDir, owner, repository)
      if (!existsSync(directory)) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('Repository not found.\n')
        return true
      }
      const pushes = request.method === 'POST' && rest === '/git-receive-pack'
      const before = pushes ? await branchesOf(directory) : new Map<string, string>()
      await runBackend(context.dataDir, request, response, url)
      if (pushes) announcePush(directory, { owner, repository, before, after: await branchesOf(directory) })
      return true
    },
    close: async () => undefined,
  }
}

function runBackend(root: string, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...gitEnvironment,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: decodeURIComponent(url.pathname.slice('/git'.length)),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_USER: 'developer',
        REMOTE_ADDR: request.socket.remoteAddress ?? '',
      },
    })
    let head: Buffer | null = Buffer.alloc(0)
    backend.stdout.on('data', (chunk: Buffer) => {
      if (head === null) {
        response.write(chunk)
        return
      }
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const body = head.subarray(end + 4)
      sendHead(response, head.subarray(0, end).toString())
      head = null
      response.write(body)
    })
    backend.stdin.on('error', () => undefined)
    backend.stderr.resume()
    backend.on('error', reject)
    backend.on('close', () => {
      if (head !== null && !response.headersSent) response.writeHead(500)
      response.end(resolve)
    })
    response.on('close', () => {
      if (!response.writableFinished) backend.kill()
    })
    request.pipe(backend.stdin)
  })
}

function sendHead(response: ServerResponse, head: string): void {
  let status = 200
  for (const line of head.split('\r\n')) {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    if (!name || value === undefined) continue
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
}
