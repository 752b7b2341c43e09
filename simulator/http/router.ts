import type { Call, Reply } from './call'

/** What the call is to the tenant: does it change something there? */
export type Access = 'read' | 'write'

export type Route<Context> = {
  readonly method: string
  readonly template: string
  readonly access: Access
  readonly handle: (context: Context, call: Call) => Reply | Promise<Reply>
}

type Compiled<Context> = Route<Context> & { readonly pattern: RegExp; readonly literals: number }

export type Matched<Context> = { readonly route: Route<Context>; readonly parameters: Record<string, string> }

/** Describes a route. GET reads; the rest writes, unless said otherwise. */
export function route<Context>(
  method: string,
  template: string,
  handle: Route<Context>['handle'],
  access: Access = method === 'GET' ? 'read' : 'write',
): Route<Context> {
  return { method, template, handle, access }
}

/** Paths match in any letter case; a literal segment wins over a parameter. */
export function createRouter<Context>(routes: readonly Route<Context>[]) {
  const compiled = routes.map(compile).sort((a, b) => b.literals - a.literals)
  return {
    routes,
    match(method: string, path: string): Matched<Context> | 'other-method' | null {
      let pathIsKnown = false
      for (const candidate of compiled) {
        const groups = candidate.pattern.exec(path)?.groups
        if (groups === undefined) continue
        pathIsKnown = true
        if (candidate.method !== method) continue
        const decoded = Object.entries(groups)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, decodeURIComponent(value)])
        return { route: candidate, parameters: Object.fromEntries(decoded) }
      }
      return pathIsKnown ? 'other-method' : null
    },
  }
}

function compile<Context>(route: Route<Context>): Compiled<Context> {
  const segments = route.template.split('/').slice(1)
  const source = segments.map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    return name === undefined ? segment.replace(/[.]/g, '\\.') : `(?<${name}>[^/]+)`
  })
  return {
    ...route,
    // A named group that never matches keeps `groups` defined for paths without parameters.
    pattern: new RegExp(`^/${source.join('/')}/?(?<none_>(?!))?$`, 'i'),
    literals: segments.reduce((sum, segment) => sum * 2 + (segment.startsWith('{') ? 0 : 1), 0),
  }
}
