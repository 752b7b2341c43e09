'use client'

import clsx from 'clsx'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { Icon, type IconName } from '@/components/ui/icon'

const themes: readonly { value: string; label: string; icon: IconName }[] = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'system', label: 'As the system', icon: 'screen' },
]

const neverChanges = () => () => {}

export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  const inBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
  return (
    <fieldset className="flex gap-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, label, icon }) => {
        const chosen = inBrowser && theme === value
        return (
          <button
            key={value}
            type="button"
            aria-pressed={chosen}
            aria-label={label}
            title={label}
            onClick={() => setTheme(value)}
            className={clsx(
              'flex size-7 cursor-pointer items-center justify-center rounded-sm',
              chosen ? 'bg-sunken text-ink' : 'text-ink-faint hover:text-ink',
            )}
          >
            <Icon name={icon} />
          </button>
        )
      })}
    </fieldset>
  )
}
