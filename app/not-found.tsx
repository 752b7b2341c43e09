import type { Metadata } from 'next'
import { Missing } from '@/components/shell/missing'
import { PlainPage } from '@/components/shell/plain-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <PlainPage>
      <Missing />
    </PlainPage>
  )
}
