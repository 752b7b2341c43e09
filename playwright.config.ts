import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './scripts/test/chromium'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/portal.setup.ts',
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
