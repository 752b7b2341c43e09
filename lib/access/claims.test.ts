import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readClaims } from './claims'

const authority = 'https://login.example'
const tenantId = '9aaaaaaa-0000-4000-8000-00000000000a'
const objectId = '0d000000-0000-4000-8000-000000000001'
const claims = {
  iss: `${authority}/${tenantId}/v2.0`,
  tid: tenantId,
  oid: objectId,
  sub: 'pairwise',
  name: 'QA analyst',
  preferred_username: 'QA.Analyst@claims.example',
  groups: ['g1'],
}
const read = (change: object) => readClaims({ ...claims, ...change }, { authority: `${authority}/`, tenantId })

describe('the claims of an id token', () => {
  it('name a person by tenant and object id', () => {
    const value = { tenantId, objectId, name: 'QA analyst', email: 'qa.analyst@claims.example', groups: ['g1'] }
    expect(read({})).toEqual({ ok: true, value })
  })

  it.each([
    ['another tenant', { tid: objectId, iss: `${authority}/${objectId}/v2.0` }, 'other-tenant'],
    ['an issuer that is not the tenant’s', { iss: `${authority}/${objectId}/v2.0` }, 'other-tenant'],
    ['a tenant that is not the issuer’s', { tid: objectId }, 'other-tenant'],
    ['an issuer of the old kind', { iss: `https://sts.windows.net/${tenantId}/` }, 'other-tenant'],
    ['no object id', { oid: undefined }, 'incomplete'],
    ['no tenant', { tid: undefined }, 'incomplete'],
    ['an object id that is none', { oid: 'x.y' }, 'incomplete'],
  ])('with %s are refused', (_, change, reason) => {
    expect(read(change)).toMatchObject({ ok: false, refusal: { code: 'not-allowed', facts: { reason } } })
  })

  it.each([
    ['by its claim names', { groups: undefined, _claim_names: { groups: 'src1' } }, null],
    ['by a mark', { groups: undefined, hasgroups: true }, null],
    ['never when there are none', { groups: undefined }, []],
    ['never when other claims are elsewhere', { groups: undefined, _claim_names: { wids: 'src1' } }, []],
  ])('say that groups are too many %s', (_, change, groups) => {
    expect(read(change)).toMatchObject({ ok: true, value: { groups } })
  })

  it.each([[null], ['text'], [[]]])('are refused when they are %j', given => {
    expect(readClaims(given, { authority, tenantId }).ok).toBe(false)
  })
})

const folder = '../shared/cases/inputs/auth'

describe.skipIf(!existsSync(folder))('claim sets as Entra documents them', () => {
  it.each([
    ['claims_groups_ok', { ok: true, value: { groups: ['91000000-0000-4000-8000-000000000001'] } }],
    ['claims_overage_claim_names', { ok: true, value: { groups: null } }],
    ['claims_overage_hasgroups', { ok: true, value: { groups: null } }],
    ['claims_other_tenant', { ok: false, refusal: { facts: { reason: 'other-tenant' } } }],
    ['claims_iss_tid_mismatch', { ok: false, refusal: { facts: { reason: 'other-tenant' } } }],
  ])('%s', (name, expected) => {
    const given = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
    expect(readClaims(given, { authority: 'https://login.microsoftonline.com', tenantId })).toMatchObject(expected)
  })
})
