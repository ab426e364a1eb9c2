import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Local } from '../../infra/local/run.ts';
import { rawItems } from './store.ts';

/** Every item of every table of a running Reliefline, as plain values. */
export async function storedItems({ dynamoDbUrl, model }: Pick<Local, 'dynamoDbUrl' | 'model'>): Promise<Stored[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: dynamoDbUrl, region: model.region, credentials });
  try {
    const items = await Promise.all(model.tables.map(({ name }) => rawItems(client, name)));
    return items.flat().map((item) => unmarshall(item));
  } finally {
    client.destroy();
  }
}

export type Stored = Record<string, unknown> & { readonly body?: Record<string, unknown> };

type History = { events: { taskScheduledEventDetails?: { parameters: string } }[] };
type Executions = { executions: { executionArn: string }[] };

/** Every task token that the engine has given out, read from its own history. */
export async function taskTokens({ ports, model }: Pick<Local, 'ports' | 'model'>): Promise<string[]> {
  const ask = async <Answer>(operation: string, body: object): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${ports.stepFunctions}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${operation}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Answer;
  };
  const tokens = new Set<string>();
  for (const { arn } of model.machines) {
    const { executions } = await ask<Executions>('ListExecutions', { stateMachineArn: arn });
    for (const { executionArn } of executions) {
      const { events } = await ask<History>('GetExecutionHistory', { executionArn, includeExecutionData: true });
      for (const { taskScheduledEventDetails } of events) {
        const token = /"taskToken":"([^"]+)"/.exec(taskScheduledEventDetails?.parameters ?? '')?.[1];
        if (token !== undefined) tokens.add(token);
      }
    }
  }
  return [...tokens];
}
