import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Diagnostic } from './check-definition.ts';
import { checkDefinition, describeDiagnostics } from './check-definition.ts';
import type { Machine } from './definition.ts';
import { ApiError } from './errors.ts';
import { isRecord } from './json.ts';
import type { Store } from './store.ts';

const machineRow = z
  .object({
    arn: z.string(),
    name: z.string(),
    definition_id: z.number(),
    role_arn: z.string(),
    logging_level: z.string(),
    created_at: z.number(),
    revision: z.string(),
  })
  .transform((row) => ({
    arn: row.arn,
    name: row.name,
    definitionId: row.definition_id,
    roleArn: row.role_arn,
    loggingLevel: row.logging_level,
    createdAt: row.created_at,
    revision: row.revision,
  }));

/**
 * What was taken once is run as it was taken: a rule that a later version adds refuses new definitions and stops none that runs.
 * Nothing else writes there.
 */
const storedMachine = z.custom<Machine>(isRecord);

/** A state machine as registered. `revision` is new with each definition. */
export type RegisteredMachine = z.infer<typeof machineRow>;
export type Machines = ReturnType<typeof keepMachines>;

/** The registered state machines. A definition once stored is never changed: running executions keep theirs. */
export function keepMachines(store: Store, supports: (resource: string) => boolean, now: () => number) {
  const { db } = store;
  const parsed = new Map<number, Machine>();

  function read(text: string): Machine {
    const checked = checkDefinition(text, supports);
    if (checked.kind === 'valid') return checked.machine;
    throw new ApiError('InvalidDefinition', describeDiagnostics(checked.diagnostics));
  }

  function find(arn: string): RegisteredMachine | null {
    const row = db.prepare('SELECT * FROM machines WHERE arn = ?').get(arn);
    return row === undefined ? null : machineRow.parse(row);
  }

  function definitionText(id: number): string {
    return z.object({ text: z.string() }).parse(db.prepare('SELECT text FROM definitions WHERE id = ?').get(id)).text;
  }

  return {
    find,
    definitionText,

    /** @throws ApiError StateMachineDoesNotExist */
    get(arn: string): RegisteredMachine {
      const found = find(arn);
      if (found === null) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
      return found;
    },

    list(): RegisteredMachine[] {
      return z.array(machineRow).parse(db.prepare('SELECT * FROM machines ORDER BY name').all());
    },

    diagnose(text: string): Diagnostic[] {
      const checked = checkDefinition(text, supports);
      return checked.kind === 'valid' ? [] : checked.diagnostics;
    },

    /**
     * Registers a machine or gives a registered one a new definition.
     * @throws ApiError InvalidDefinition, with a sentence for each thing that this engine would not run
     */
    put(machine: {
      name: string;
      arn: string;
      definition: string;
      roleArn: string;
      loggingLevel?: string | undefined;
    }) {
      const known = find(machine.arn);
      const program = read(machine.definition);
      const isSame = known !== null && definitionText(known.definitionId) === machine.definition;
      const level = machine.loggingLevel ?? known?.loggingLevel ?? 'OFF';
      store.transaction(() => {
        const id = isSame
          ? known.definitionId
          : Number(db.prepare('INSERT INTO definitions (text) VALUES (?)').run(machine.definition).lastInsertRowid);
        parsed.set(id, program);
        db.prepare(
          `INSERT INTO machines VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO UPDATE SET
           definition_id = excluded.definition_id, role_arn = excluded.role_arn,
           logging_level = excluded.logging_level, revision = excluded.revision`,
        ).run(machine.arn, machine.name, id, machine.roleArn, level, now(), isSame ? known.revision : randomUUID());
      });
    },

    /** The definition that an execution runs, kept in memory once read. */
    program(definitionId: number): Machine {
      const known = parsed.get(definitionId);
      if (known !== undefined) return known;
      const machine = storedMachine.parse(JSON.parse(definitionText(definitionId)));
      parsed.set(definitionId, machine);
      return machine;
    },
  };
}
