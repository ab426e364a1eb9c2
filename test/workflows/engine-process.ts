import { openStepFunctions } from '../../infra/local/step-functions/index.ts';

/**
 * The engine in a process of its own, to be killed. Arguments: file, port, definition. Each call of a function is told
 * on standard output as one line of JSON.
 */
const [file, port, definition] = process.argv.slice(2);
if (file === undefined || port === undefined || definition === undefined) throw new Error('file, port, definition');

const steps = await openStepFunctions({
  file,
  clock: { now: () => Date.now(), onJump: () => () => undefined },
  async invokeLambda(functionArn, payload) {
    process.stdout.write(`${JSON.stringify({ functionArn, payload })}\n`);
    return { kind: 'returned', payload };
  },
  log: () => undefined,
  accountId: '123456789012',
  region: 'eu-central-1',
});
await steps.putStateMachine({
  name: 'case',
  arn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:case',
  definition,
});
await steps.listen(Number(port));
process.stdout.write('ready\n');
