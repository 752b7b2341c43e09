'use server'

import { FillValue, RemoveNamed, SaveRule, SaveVariable } from '@/lib/configuration/inputs'
import { removeRule, saveRule } from '@/lib/gate/commands/change-rules'
import { type Changed, fillValue, removeVariable, saveVariable } from '@/lib/gate/commands/change-variables'
import { action } from '@/lib/http/action'

const after = {
  said: ({ name, ended }: Changed) =>
    ended === 0
      ? `${name} is saved.`
      : `${name} is saved. ${ended === 1 ? 'One decision' : `${ended} decisions`} ended.`,
}

export const saveVariableAction = action(SaveVariable, saveVariable, after)
export const fillValueAction = action(FillValue, fillValue, after)
export const removeVariableAction = action(RemoveNamed, removeVariable, after)
export const saveRuleAction = action(SaveRule, saveRule, after)
export const removeRuleAction = action(RemoveNamed, removeRule, after)
