import { expect, it } from 'vitest'
import { readForm, typedIn } from './form-data'

function form(): FormData {
  const data = new FormData()
  data.append('title', 'Loss ratio')
  data.append('role', 'qa')
  data.append('role', 'developer')
  data.append('$ACTION_ID_1', '')
  data.append('proof', new Blob(['x']), 'proof.txt')
  return data
}

it('gives texts and lists, without files and what Next adds', () => {
  expect(readForm(form())).toEqual({ title: 'Loss ratio', role: ['qa', 'developer'], proof: [] })
  expect(typedIn(form())).toEqual({ title: 'Loss ratio' })
})
