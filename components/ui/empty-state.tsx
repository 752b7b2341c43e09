import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type EmptyKind = 'never-used' | 'nothing-now' | 'filtered-out' | 'failed' | 'not-allowed'

const kinds: Record<EmptyKind, { icon: IconName; tone: string }> = {
  'never-used': { icon: 'dashed', tone: 'text-ink-faint' },
  'nothing-now': { icon: 'check', tone: 'text-success' },
  'filtered-out': { icon: 'minus', tone: 'text-ink-faint' },
  failed: { icon: 'warning', tone: 'text-danger' },
  'not-allowed': { icon: 'lock', tone: 'text-attention' },
}

type EmptyStateProps = {
  kind: EmptyKind
  /** "Nothing waits for you", "No ticket matches these filters". */
  title: string
  /** Purpose, what to do, a reference id, which role and whom to ask. */
  children?: ReactNode
  action?: ReactNode
  /** 1 where it is the whole page. */
  level?: 1 | 2 | 3
}

export function EmptyState({ kind, title, children, action, level = 3 }: EmptyStateProps) {
  const { icon, tone } = kinds[kind]
  const Heading = `h${level}` as const
  return (
    <div className="flex flex-col items-start gap-1 px-4 py-6">
      <Heading
        className={clsx(
          'flex items-start gap-2 font-semibold',
          level === 1 ? 'text-2xl tracking-tight' : 'text-base leading-5',
        )}
      >
        <Icon name={icon} className={clsx('size-4', level === 1 ? 'mt-1.5' : 'mt-0.5', tone)} />
        {title}
      </Heading>
      {children && <div className="max-w-[64ch] pl-6 text-ink-muted">{children}</div>}
      {action && <div className="mt-2 pl-6">{action}</div>}
    </div>
  )
}
