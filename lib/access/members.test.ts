import { describe, expect, it } from 'vitest'
import { type Grant, hasOtherAdministrator, type Member } from './members'

const grant = (id: string, change: Partial<Grant>): Grant => ({
  id,
  projectId: null,
  role: 'administrator',
  userId: null,
  groupId: null,
  ...change,
})
const person = (id: string, change: Partial<Member> = {}): Member => ({
  id,
  groupIds: [],
  rightsUnknown: false,
  disabledAt: null,
  ...change,
})

const all = grant('all', { userId: 'a' })
const group = grant('group', { groupId: 'g' })
const ofProject = grant('of-project', { userId: 'b', projectId: 'p' })
const people = [person('a'), person('b'), person('c', { groupIds: ['g'] })]

describe('somebody else could still administer', () => {
  it.each([
    ['a person beside a group with a known member', all, [all, group], people, true],
    ['a group beside a person', group, [all, group], people, true],
    ['one project, administered by those of every project', ofProject, [ofProject, all], people, true],
    ['everything, with an administrator of one project left', all, [all, ofProject], people, false],
    ['the only grant', all, [all], people, false],
    ['another role', all, [all, grant('qa', { role: 'qa', userId: 'b' })], people, false],
    ['a group of which nobody has signed in', all, [all, group], [person('a')], false],
    ['somebody disabled', all, [all, group], [person('c', { groupIds: ['g'], disabledAt: new Date(0) })], false],
    ['somebody of unknown groups', all, [all, group], [person('c', { groupIds: ['g'], rightsUnknown: true })], false],
  ])('%s', (_, gone, grants, known, expected) => {
    expect(hasOtherAdministrator(gone, grants, known)).toBe(expected)
  })
})
