import type { OperationRecord } from '../store/records'
import type { Simulation } from './simulation'

/** The work behind an operation. It takes and returns plain data, so that a restart can go on with it. */
export type Task = {
  readonly name: string
  /** Takes its own time, step by step; the others work in one go at their end. */
  readonly isPaced: boolean
  run(sim: Simulation, payload: unknown, operation: OperationRecord | null): unknown | Promise<unknown>
  /** The body that the stored result stands for. */
  present(sim: Simulation, result: unknown): unknown
}

const tasks = new Map<string, Task>()

/** Registers work under a name. What it returns is the result; undefined is "no result". */
export function defineTask<Payload, Result = unknown>(
  name: string,
  run: (sim: Simulation, payload: Payload, operation: OperationRecord | null) => Result | Promise<Result>,
  options: { readonly isPaced?: boolean; readonly present?: (sim: Simulation, result: Result) => unknown } = {},
): { readonly name: string } {
  const task: Task = {
    name,
    isPaced: options.isPaced ?? false,
    run: (sim, payload, operation) => run(sim, payload as Payload, operation),
    present: (sim, result) => (options.present === undefined ? result : options.present(sim, result as Result)),
  }
  tasks.set(name, task)
  return task
}

export function findTask(name: string): Task {
  const task = tasks.get(name)
  if (task === undefined) throw new Error(`no task ${name}`)
  return task
}
