import type { BrowserContext, Page } from '@playwright/test'
import { expect, expectAccessible, type PersonName, portal, test } from './fixtures'
import { addressOf, routesOfApp, type Visit, visits } from './visits'

const phones = [390, 320]
const sessions = new Map<PersonName, Awaited<ReturnType<BrowserContext['storageState']>>>()

test('every page of the portal is visited here', () => {
  expect([...new Set(visits.flatMap(visit => visit.route ?? []))].sort()).toEqual(routesOfApp())
})

for (const visit of visits) {
  test(`${visit.name}: readable by everybody, in light, in dark and on a phone`, async ({ as, browser }) => {
    if (visit.as && !sessions.has(visit.as)) {
      sessions.set(visit.as, await (await as(visit.as)).context().storageState())
    }
    const storageState = visit.as ? sessions.get(visit.as) : undefined
    const context = await browser.newContext({ baseURL: portal().url, ...(storageState && { storageState }) })
    const page = await context.newPage()
    const address = await addressOf(page, visit)
    const complaints = complaintsOf(page, visit)

    const answer = await page.goto(address)
    expect(answer?.status()).toBe(visit.route ? 200 : 404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await unfoldAll(page)
    await expectAccessible(page)
    for (const width of phones) {
      await page.setViewportSize({ width, height: 800 })
      expect(await tooWide(page), `wider than ${width} px`).toEqual([])
    }
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(complaints, 'what the browser complains about').toEqual([])
    await context.close()
  })
}

/** Errors in the console, broken policies for content among them. A page that is missing may be said to be. */
function complaintsOf(page: Page, { route }: Visit): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    const isMissingPage = route === null && message.location().url === page.url() && message.text().includes('404')
    if (message.type() === 'error' && !isMissingPage) complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}

/** Shows what is folded, so that it is looked at too. */
const unfoldAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** The first elements that stand out of a page which scrolls sideways. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const all = [...document.querySelectorAll('body *')]
    const out = all.filter(element => element.getBoundingClientRect().right > clientWidth + 1).slice(0, 5)
    return out.map(element => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`)
  })
