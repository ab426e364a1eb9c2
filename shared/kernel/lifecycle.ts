import type { Result } from './result.ts';

/** `status × action → status`. A status without actions is an end. */
export type LifecycleTable<Status extends string, Action extends string> = {
  readonly [From in Status]: { readonly [Taken in Action]?: Status };
};

export type RefusedTransition<Status extends string, Action extends string> = {
  readonly kind: 'transition-refused';
  readonly from: Status;
  readonly action: Action;
  readonly available: readonly Action[];
};

/** Looks an action up in a lifecycle; a refusal says from where, what was asked, and what is possible instead. */
export function transition<Status extends string, Action extends string>(
  table: LifecycleTable<Status, Action>,
  from: Status,
  action: Action,
): Result<Status, RefusedTransition<Status, Action>> {
  const to = table[from][action];
  if (to !== undefined) return { ok: true, value: to };
  return { ok: false, error: { kind: 'transition-refused', from, action, available: actionsFrom(table, from) } };
}

/** What can be done from a status, in the table's order. */
export function actionsFrom<Status extends string, Action extends string>(
  table: LifecycleTable<Status, Action>,
  from: Status,
): Action[] {
  const row = table[from];
  const isAction = (key: string): key is Action => key in row;
  return Object.keys(row).filter(isAction);
}

export const isEnd = <Status extends string, Action extends string>(
  table: LifecycleTable<Status, Action>,
  status: Status,
): boolean => Object.keys(table[status]).length === 0;
