import { type DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

const written = z.object({ TableName: z.string(), Key: z.unknown().optional(), Item: z.unknown().optional() });
const keySchema = z.object({ pk: z.unknown(), sk: z.unknown() });
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), written)) });

const keysOf = (input: unknown): string[] => {
  // ElectroDB marks its writes with symbols, which go no further than here.
  const { TransactItems } = transactionSchema.parse(JSON.parse(JSON.stringify(input)));
  return TransactItems.flatMap((item) =>
    Object.values(item).map(({ TableName, Key, Item }) => JSON.stringify([TableName, keySchema.parse(Key ?? Item)])),
  );
};

/**
 * From now on a transaction that touches an item of one that is under way is refused with `TransactionConflict`, as DynamoDB itself does
 * and neither emulator. Gives how many were.
 */
export function refuseOverlapping(client: DynamoDBClient): { readonly refused: () => number } {
  const underWay = new Set<string>();
  let refused = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'TransactWriteItemsCommand') return next(args);
        const keys = keysOf(args.input);
        if (keys.some((key) => underWay.has(key))) {
          refused += 1;
          throw new TransactionCanceledException({
            message: 'Transaction cancelled',
            $metadata: {},
            CancellationReasons: keys.map((key) => ({ Code: underWay.has(key) ? 'TransactionConflict' : 'None' })),
          });
        }
        for (const key of keys) underWay.add(key);
        try {
          return await next(args);
        } finally {
          for (const key of keys) underWay.delete(key);
        }
      },
    { step: 'initialize', name: 'refuseOverlapping' },
  );
  return { refused: () => refused };
}
