import {
  createHash,
  createPrivateKey,
  createSign,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
} from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Keys = {
  readonly signingKey: JsonWebKey & { readonly kid: string }
  readonly cookieKeys: readonly string[]
}

/** The tenant's keys; made once and kept, so that tokens and cookies outlive a restart. */
export function loadKeys(dataDir: string): Keys {
  const file = join(dataDir, 'keys.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 27)
  const keys: Keys = {
    signingKey: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    cookieKeys: [randomBytes(32).toString('base64url')],
  }
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return keys
}

/** A JSON web token signed with RS256. */
export function signToken(keys: Keys, payload: Record<string, unknown>): string {
  const { kid } = keys.signingKey
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })}.${part(payload)}`
  const key = createPrivateKey({ key: keys.signingKey, format: 'jwk' })
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`
}

/** The claims of a JSON web token, whoever signed it; null when it is none. */
export function readClaims(token: string): Record<string, unknown> | null {
  const [, payload, signature] = token.split('.')
  if (!payload || signature === undefined) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? { ...claims } : null
  } catch {
    return null
  }
}
