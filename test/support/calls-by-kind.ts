import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * As `countedCalls`, of what kind each is: what goes to the database through this client from now on. `during` gives the calls of one piece of work, sorted, each as its command
 * and the kind of item: `GetItem staff`, `Query caseFile`; of a transaction only its name, since what it writes others test.
 */
export function callsByKind(client: DynamoDBClient) {
  let calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const command = commandName.replace(/Command$/, '');
        calls.push(command === 'TransactWriteItems' ? command : `${command} ${kindIn(JSON.stringify(args.input))}`);
        return next(args);
      },
    { step: 'initialize', name: 'callsByKind' },
  );
  return {
    during: async (work: () => Promise<unknown>): Promise<string[]> => {
      calls = [];
      await work();
      return calls.toSorted();
    },
  };
}

/** The first sort key in a request begins with the kind of item, and where a partition holds several kinds, with the partition's. */
const kindIn = (input: string): string => /"\$(?:caseFile#)?([A-Za-z-]+)(?:_1[#"]|_1"|")/.exec(input)?.[1] ?? '?';
