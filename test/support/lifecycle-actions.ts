import type { LifecycleTable } from '../../shared/kernel/lifecycle.ts';

/** Every action that a table knows, once. */
export const actionsOf = (table: LifecycleTable<string, string>): string[] => [
  ...new Set(Object.values(table).flatMap((row) => Object.keys(row))),
];

/** What nobody presses: the machine's checks, deadlines, and what follows from another action in the same write. */
export const ofTheMachine: Readonly<Record<string, readonly string[]>> = {
  case: ['to-advance', 'refuse', 'lapse', 'close', 'reopen-payment'],
  payout: ['cancel'],
  batch: ['enter', 'close', 'finish', 'leave'],
  "bank's result": ['finish'],
  objection: ['overtake'],
  recovery: ['settle', 'drop', 'claim-anew'],
  'scheduled item': ['complete', 'cancel', 'resume', 'open-finding'],
};
