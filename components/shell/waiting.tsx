import { Suspense } from 'react'

type WaitingProps = {
  count: Promise<number>
  /** What is counted, for screen readers: "waiting for you". */
  of: string
}

/** How many things wait; shown only above zero, and once it is known: the page does not wait for it. */
export function Waiting(props: WaitingProps) {
  return (
    <Suspense fallback={null}>
      <Count {...props} />
    </Suspense>
  )
}

async function Count({ count, of }: WaitingProps) {
  const waiting = await count
  if (waiting === 0) return null
  return (
    <span className="ml-auto text-xs font-semibold text-attention">
      {waiting}
      <span className="sr-only"> {of}</span>
    </span>
  )
}
