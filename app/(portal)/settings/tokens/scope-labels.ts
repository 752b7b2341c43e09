import type { TokenScope } from '@/lib/access/tokens'

export const scopeLabels: Readonly<Record<TokenScope, string>> = {
  'evidence:write': 'Hand in evidence',
  read: 'Read',
}
