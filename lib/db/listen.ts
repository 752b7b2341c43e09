import { Client } from 'pg'

type Hear = (payload: string) => void
type Ear = { readonly url: string; readonly channel: string; readonly hearers: Set<Hear>; client: Client | null }

const held = globalThis as { gatehouseEars?: Map<string, Ear> }
const againAfterMs = 1_000

/**
 * Hears what is notified on a channel of the database: one connection for each process, kept while anybody listens and made again when
 * it breaks. After a break the payload is empty: anything may have been missed. Returns how to stop.
 */
export function listen(url: string, channel: 'promotion_progress', hear: Hear): () => void {
  held.gatehouseEars ??= new Map()
  const key = `${channel} ${url}`
  const ear = held.gatehouseEars.get(key) ?? { url, channel, hearers: new Set(), client: null }
  held.gatehouseEars.set(key, ear)
  ear.hearers.add(hear)
  if (!ear.client) connect(ear)
  return () => {
    ear.hearers.delete(hear)
    if (ear.hearers.size > 0) return
    const { client } = ear
    ear.client = null
    client?.end().catch(() => {})
  }
}

function connect(ear: Ear): void {
  const client = new Client({ connectionString: ear.url, keepAlive: true })
  ear.client = client
  const broken = () => {
    if (ear.client !== client) return
    ear.client = null
    client.end().catch(() => {})
    setTimeout(() => {
      if (ear.hearers.size > 0 && !ear.client) connect(ear)
    }, againAfterMs).unref()
  }
  client.on('error', broken)
  client.on('end', broken)
  client.on('notification', ({ payload = '' }) => tell(ear, payload))
  client
    .connect()
    .then(() => client.query(`LISTEN ${ear.channel}`))
    .then(() => tell(ear, ''), broken)
}

function tell(ear: Ear, payload: string): void {
  for (const hear of ear.hearers) hear(payload)
}
