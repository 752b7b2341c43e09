import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon } from './icon'
import { VisuallyHidden } from './visually-hidden'

export type Step = { name: string; count: ReactNode; state: 'done' | 'now' | 'later' | 'failed' }

const states = {
  done: { bar: 'border-success text-ink-muted', word: 'done' },
  now: { bar: 'border-accent text-ink', word: 'current step' },
  later: { bar: 'border-line text-ink-muted', word: 'not started' },
  failed: { bar: 'border-danger text-ink', word: 'failed' },
} as const

/** The steps of a ticket with their counts: "2 Execute, 5 of 6". */
export function StepBar({ steps, label = 'Steps' }: { steps: readonly Step[]; label?: string }) {
  return (
    <ol aria-label={label} className="mb-5 grid grid-cols-2 gap-1 md:grid-cols-4">
      {steps.map(({ name, count, state }, index) => (
        <li
          key={name}
          aria-current={state === 'now' ? 'step' : undefined}
          className={clsx('border-t-3 px-0.5 pt-2 pb-1', states[state].bar)}
        >
          <span className="flex items-center gap-1.5 font-semibold">
            {index + 1} {name}
            {state === 'done' && <Icon name="check" className="size-3.5 text-success" />}
            {state === 'failed' && <Icon name="cross" className="size-3.5 text-danger" />}
            <VisuallyHidden>, {states[state].word}</VisuallyHidden>
          </span>
          <span className="block text-xs">{count}</span>
        </li>
      ))}
    </ol>
  )
}
