import clsx from 'clsx'

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'md' | 'sm'

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-accent-ink hover:bg-accent-hover',
  plain: 'border-line bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent text-ink-muted hover:bg-sunken hover:text-ink',
  danger: 'border-transparent bg-danger text-danger-ink hover:bg-danger-hover',
}

const sizes: Record<ButtonSize, string> = { md: 'min-h-8 px-3 py-1', sm: 'min-h-7 px-2 py-0.5 text-sm' }

export function buttonStyle(variant: ButtonVariant = 'plain', size: ButtonSize = 'md'): string {
  return clsx(
    'inline-flex cursor-pointer items-center justify-center gap-1.5 rounded-md border text-center font-medium hover:no-underline print:hidden',
    'disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default',
    variants[variant],
    sizes[size],
  )
}
