import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './scripts/test/chromium'

/** `E2E_KEEP=1` runs against the portal that `.data/e2e/portal/running.json` names, instead of starting one. */
export default defineConfig({
  testDir: 'e2e',
  ...(process.env.E2E_KEEP ? {} : { globalSetup: './e2e/portal.setup.ts' }),
  outputDir: '.data/e2e/results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  reporter: [['line'], ['json', { outputFile: '.data/e2e/report.json' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
  },
})
