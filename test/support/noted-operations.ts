import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Notes what a client sends from now on, in order, each with what its partition is named by: `GetItem keyOwner`, `Query personId`. Gives
 * those since it was last asked.
 */
export function notedOperations(client: DynamoDBClient): () => string[] {
  let noted: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const partition = /\$reliefline#([a-zA-Z]+)_/.exec(JSON.stringify(args.input))?.[1] ?? '';
        noted.push(`${String(commandName).replace('Command', '')} ${partition}`.trim());
        return next(args);
      },
    { step: 'initialize', name: 'notedOperations' },
  );
  return () => {
    const taken = noted;
    noted = [];
    return taken;
  };
}
