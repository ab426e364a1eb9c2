import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Notes by name, in their order, the commands that a client sends from now on: `Query`, `BatchGetItem`, `TransactWriteItems`. */
export function countedCalls(client: DynamoDBClient): {
  /** What was sent while this ran. */
  readonly during: (act: () => Promise<unknown>) => Promise<readonly string[]>;
} {
  const calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.push(String(commandName).replace(/Command$/, ''));
        return next(args);
      },
    { step: 'initialize' },
  );
  return {
    during: async (act) => {
      calls.length = 0;
      await act();
      return [...calls];
    },
  };
}
