/**
 * The address to go to after signing in or out: what was asked for when it lies on the portal's own origin, else its start page.
 * Never throws, whatever it is given.
 */
export function ownAddress(asked: unknown, baseUrl: string): string {
  const { origin } = new URL(baseUrl)
  const start = `${origin}/`
  if (typeof asked !== 'string') return start
  const isPath = asked.startsWith('/')
  const isAddress = asked.startsWith(`${origin}/`) || asked === origin
  if (!isPath && !isAddress) return start
  const url = URL.parse(asked, origin)
  return url?.origin === origin && !url.username && !url.password ? url.href : start
}
