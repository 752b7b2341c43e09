import { z } from 'zod'

const text = z.string().trim().min(1)

/** What the portal reads from its environment, each with an example for the message about a missing one (DESIGN section 8). */
const settings = {
  DATABASE_URL: [text, 'postgresql://gatehouse_portal:password@db.example:5432/gatehouse'],
  BASE_URL: [z.url(), 'https://portal.example'],
  NEXTAUTH_SECRET: [text.min(32), 'the output of: openssl rand -base64 48'],
  ENTRA_TENANT_ID: [z.guid(), '00000000-0000-0000-0000-000000000000, the directory (tenant) id'],
  ENTRA_CLIENT_ID: [z.guid(), '00000000-0000-0000-0000-000000000000, the id of the app registration for sign-in'],
  ENTRA_CLIENT_SECRET: [text, 'the secret of that app registration'],
  FABRIC_CLIENT_ID: [
    z.guid(),
    '00000000-0000-0000-0000-000000000000, the id of the service identity that writes to Fabric',
  ],
  FABRIC_CLIENT_SECRET: [text.optional(), 'the secret of that identity, unless FABRIC_CERTIFICATE_PATH is set'],
  FABRIC_CERTIFICATE_PATH: [text.optional(), '/etc/gatehouse/fabric.pem, private key and certificate in one file'],
  ENTRA_AUTHORITY: [z.url().default('https://login.microsoftonline.com'), 'https://login.microsoftonline.com'],
  FABRIC_API_URL: [z.url().default('https://api.fabric.microsoft.com/v1'), 'https://api.fabric.microsoft.com/v1'],
  POWER_BI_API_URL: [z.url().default('https://api.powerbi.com/v1.0/myorg'), 'https://api.powerbi.com/v1.0/myorg'],
  GRAPH_API_URL: [z.url().default('https://graph.microsoft.com/v1.0'), 'https://graph.microsoft.com/v1.0'],
  GITHUB_API_URL: [z.url().default('https://api.github.com'), 'https://api.github.com'],
  GITHUB_TOKEN: [text.optional(), 'a token that may read the repositories of the projects'],
  GITHUB_WEBHOOK_SECRET: [text.min(16), 'the secret that GitHub signs its webhooks with'],
  SMTP_URL: [z.string().regex(/^smtps?:\/\//), 'smtps://user:password@mail.example:465'],
  MAIL_FROM: [text.default('Gatehouse <gatehouse@portal.example>'), 'Gatehouse <gatehouse@portal.example>'],
  TEAMS_WEBHOOK_URL: [z.url().optional(), 'https://… , the address of a Teams workflow'],
  LOG_LEVEL: [z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'), 'info'],
} as const satisfies Record<string, readonly [z.ZodType, string]>

type Settings = typeof settings
export type Env = { readonly [Name in keyof Settings]: z.output<Settings[Name][0]> }

/** Parses an environment. Throws one error that lists every missing or wrong setting with an example. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const problems: string[] = []
  const entries = Object.entries(settings).map(([name, [schema, example]]) => {
    const given = source[name] === '' ? undefined : source[name]
    const parsed = schema.safeParse(given)
    if (parsed.success) return [name, parsed.data]
    const what = given === undefined ? 'is not set' : `is not valid (${parsed.error.issues[0]?.message})`
    problems.push(`  ${name} ${what}. Example: ${example}`)
    return [name, undefined]
  })
  const env = Object.fromEntries(entries) as Env
  if (!problems.length && !env.FABRIC_CLIENT_SECRET && !env.FABRIC_CERTIFICATE_PATH) {
    problems.push(
      '  FABRIC_CLIENT_SECRET or FABRIC_CERTIFICATE_PATH has to be set: the service identity needs one of them.',
    )
  }
  if (problems.length)
    throw new Error(`Gatehouse cannot start. Set these in the environment or in .env:\n${problems.join('\n')}`)
  return env
}

let parsed: Env | undefined

/** The environment of this process; parsed once. Nothing else reads `process.env`. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}
