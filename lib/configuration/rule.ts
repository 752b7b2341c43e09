import { z } from 'zod'

export const ruleKinds = ['data-source', 'parameter', 'lakehouse', 'capacity'] as const
export type RuleKind = (typeof ruleKinds)[number]

const name = z
  .string()
  .trim()
  .min(1, 'A rule needs a name.')
  .max(100, 'A rule name may be at most 100 characters long.')
const variable = z.string().trim().min(1, 'A rule needs the name of the variable that holds its values.')
const itemTypes = z
  .array(z.string().min(1))
  .min(1, 'Name at least one item type, or leave the list out for all.')
  .nullable()

/** The four kinds of policy 2.3. `variable` is the name of the variable whose Dev value is looked for and whose target value is put in. */
export const ruleSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('data-source'), name, variable, itemTypes: itemTypes.default(null) }),
    z.strictObject({
      kind: z.literal('parameter'),
      name,
      variable,
      parameter: z.string().trim().min(1, 'A parameter rule needs the name of the parameter.'),
      itemTypes: itemTypes.default(null),
    }),
    z.strictObject({ kind: z.literal('lakehouse'), name, variable }),
    z.strictObject({ kind: z.literal('capacity'), name, variable }),
  ],
  { error: `The kind of a rule is one of ${ruleKinds.join(', ')}.` },
)

/**
 * data-source: every occurrence of the Dev value in the text parts of the item types (null: all) becomes the tier's value.
 * parameter: the model parameter, data pipeline parameter or variable library variable of that name gets the tier's value.
 * lakehouse: whatever is bound to the Dev lakehouse is bound to the tier's lakehouse. capacity: the workspace must be on that capacity.
 */
export type Rule = Readonly<z.infer<typeof ruleSchema>>
