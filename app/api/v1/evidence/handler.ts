import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import { EvidenceInput } from '@/lib/gate/evidence-input'
import { readBody } from '@/lib/http/body'
import { readJson } from '@/lib/http/json-body'
import { json, problem } from '@/lib/http/problem'
import { refuse } from '@/lib/kernel/result'
import { operation } from '../caller'

const limits = { bytes: 64 * 1024, deadlineMs: 10_000 }

/** A pipeline reports what it found on a commit. The release of that commit may come later. */
export const postEvidence = (db: () => Db) =>
  operation(db, { scope: 'evidence:write', toDo: 'report evidence' }, async (caller, request) => {
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
      return problem(refuse('invalid', 'Send the evidence as application/json.').refusal, { status: 415 })
    const body = await readBody(request, limits)
    if (!body.ok) return problem(body.refusal, { status: body.status })
    const document = readJson(body.value)
    if (!document.ok) return problem(document.refusal)
    const input = EvidenceInput.safeParse(document.value)
    if (!input.success) {
      const [first] = input.error.issues
      const place = first?.path.join('.')
      const message = `${place ? `${place}: ` : ''}${first?.message ?? 'The evidence is not as it should be.'}`
      return problem(refuse('invalid', message, z.flattenError(input.error)).refusal)
    }
    const recorded = await recordEvidence(caller, { ...input.data, projectId: caller.actor.projectId })
    return recorded.ok ? json({ id: recorded.value.evidenceId }, 201) : problem(recorded.refusal)
  })
