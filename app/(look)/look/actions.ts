'use server'
import type { ActionState } from '@/components/form/action-state'
export async function lookAction(_: ActionState<string>, data: FormData): Promise<ActionState<string>> {
  await new Promise(r => setTimeout(r, 800))
  const reason = String(data.get('reason') ?? '')
  if (reason.length < 5)
    return {
      ok: false,
      refusal: { code: 'invalid', message: 'The override was not saved: two things need your attention.', facts: {} },
      fields: { reason: ['Give a reason of at least five characters.'], role: ['Choose a role.'] },
      values: {
        reason,
        role: String(data.get('role') ?? ''),
        kind: String(data.get('kind') ?? ''),
        told: String(data.get('told') ?? ''),
      },
    }
  return { ok: true, value: reason, message: 'Saved.' }
}
