import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * When a process dies: at the `nth` of its transactions from now (0: never), before the database has it, or `after` it was written and
 * before its answer has come.
 */
export type Death = { readonly nth: number; readonly after: boolean };

/** Lets whoever uses this client die at a transaction. From then on every call fails, until the process is started again. */
export function dyingClient(client: DynamoDBClient) {
  let left = 0;
  let after = false;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('killed');
  };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (isDead) return die();
        if (commandName !== 'TransactWriteItemsCommand' || left === 0) return next(args);
        left -= 1;
        if (left > 0) return next(args);
        if (!after) return die();
        await next(args);
        return die();
      },
    { step: 'initialize', name: 'dyingClient' },
  );
  return {
    /** Runs it as a process that may die. Whether it came to its end; what else goes wrong is thrown. */
    live: async (death: Death, act: () => Promise<unknown>): Promise<'done' | 'killed'> => {
      [left, after] = [death.nth, death.after];
      try {
        await act();
        return isDead ? 'killed' : 'done';
      } catch (error) {
        if (!isDead) throw error;
        return 'killed';
      } finally {
        left = 0;
        isDead = false;
      }
    },
  };
}
