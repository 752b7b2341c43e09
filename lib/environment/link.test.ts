import { describe, expect, it } from 'vitest'
import { decideLink, type FabricWorkspace, type Link } from './link'

const workspace = (change: Partial<FabricWorkspace> = {}): FabricWorkspace => ({
  id: 'w1',
  name: 'Claims-Analytics-UAT',
  capacityId: 'c1',
  isWritable: true,
  ...change,
})
const linked: readonly Link[] = [{ workspaceId: 'w9', projectName: 'Claims-Analytics', tier: 'dev' }]

describe('linking a workspace', () => {
  it('takes one that follows the convention', () => {
    const value = { tier: 'uat', projectName: 'Claims-Analytics' }
    expect(decideLink(workspace(), 'Claims-Analytics', linked)).toEqual({ ok: true, value })
    expect(decideLink(workspace(), null, [])).toEqual({ ok: true, value })
  })

  it.each([
    ['breaks the convention', { name: 'Claims Analytics Production' }, 'Rename it to Claims-Analytics-Prod'],
    ['is of another project', { name: 'Policy-Pricing-UAT' }, 'would be called Claims-Analytics-UAT'],
    ['differs in case', { name: 'claims-Analytics-UAT' }, 'would be called Claims-Analytics-UAT'],
    ['is linked already', { id: 'w9' }, 'as Dev of Claims-Analytics'],
    ['is of a tier that is taken', { name: 'Claims-Analytics-Dev' }, 'has a Dev workspace already'],
    ['can only be looked at', { isWritable: false }, 'the role Contributor or higher'],
    ['is on no capacity', { capacityId: null }, 'on no capacity'],
  ])('refuses one that %s', (_, change, words) => {
    const result = decideLink(workspace(change), 'Claims-Analytics', linked)
    expect(result).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(words) } })
  })
})
