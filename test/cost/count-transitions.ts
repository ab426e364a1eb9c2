import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';

/**
 * The transitions of all executions so far, from their own histories: each state that was entered, each further try of a task, and,
 * as the dearest reading of AWS's price list has it, the start and the end.
 */
export async function countTransitions(port: number, machineArn: string): Promise<number> {
  const sfn = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'cost', secretAccessKey: 'cost' },
  });
  try {
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn }));
    let transitions = 0;
    for (const { executionArn } of executions) {
      let nextToken: string | undefined;
      const types: string[] = [];
      do {
        const page = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000, nextToken }));
        types.push(...(page.events ?? []).map(({ type = '' }) => type));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      const count = (fits: RegExp): number => types.filter((type) => fits.test(type)).length;
      const tries = count(/^(Task|LambdaFunction)Scheduled$/) - count(/^TaskStateEntered$/);
      transitions += count(/StateEntered$/) + tries + count(/^Execution(Started|Succeeded|Failed|Aborted|TimedOut)$/);
    }
    return transitions;
  } finally {
    sfn.destroy();
  }
}
