import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { makeStack } from './synthesize-stack.ts';

const findingsIn = ({ app, stack }: ReturnType<typeof makeStack>): string[] =>
  new AwsSolutionsChecks(app)
    .validateScope(stack)
    .violations.map(({ ruleName, description }) => `${ruleName}: ${description}`);

test.each([{}, { stage: 'dev' }, { mail: 'smtp' }])('AwsSolutions finds nothing in the stack with %o', (context) => {
  expect(findingsIn(makeStack(context))).toEqual([]);
});

test('a bucket without the house’s care is found', () => {
  const made = makeStack();
  new Bucket(made.stack, 'Careless');
  expect(findingsIn(made).join('\n')).toContain('AwsSolutions-S10');
});

test('few findings are acknowledged, each with a reason of a sentence', () => {
  const acknowledged = makeStack()
    .stack.node.findAll()
    .flatMap(({ node }) => node.metadata)
    .flatMap(({ data }) => (typeof data === 'object' && data !== null ? Object.entries(data) : []))
    .filter(([finding]) => finding.includes('AwsSolutions-'));
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.length).toBeLessThanOrEqual(10);
  for (const [, reason] of acknowledged) expect(reason).toMatch(/^[A-Z].{40,}\.$/);
});
