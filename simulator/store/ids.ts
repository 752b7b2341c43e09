import { createHash, randomUUID } from 'node:crypto'

export const zeroId = '00000000-0000-0000-0000-000000000000'

export const newId = (): string => randomUUID()

/** The same words always give the same id: items of a first start have ids that demo data and rules can name. */
export function stableId(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n').toLowerCase()).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}

/** The object id that an item of the tenant's first state gets. */
export const firstItemId = (workspaceId: string, type: string, displayName: string): string =>
  stableId(workspaceId, type, displayName)

/** One SQL host name per workspace, as in Fabric; lakehouse endpoints and warehouses share it. */
export function sqlHost(workspaceId: string): string {
  const hex = createHash('sha256').update(workspaceId.toLowerCase()).digest('hex')
  const letters = [...hex].map(digit => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')
  return `${letters.slice(0, 26)}-${letters.slice(26, 52)}.datawarehouse.fabric.microsoft.com`
}

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
