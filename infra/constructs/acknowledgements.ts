import { CfnElement, Validations } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { evidencePrefixes } from './evidence.ts';

export type Acknowledged = {
  readonly tracing: IConstruct;
  readonly logDelivery: IConstruct;
  readonly evidence: s3.Bucket;
  readonly transient: dynamodb.TableV2;
  readonly website: IConstruct;
};

/**
 * The findings of AwsSolutions that stand, each with its reason. A wildcard is acknowledged by its exact finding, so that
 * any other is still found.
 */
export function acknowledgeFindings(stack: Stack, made: Acknowledged): void {
  const acknowledge = (on: IConstruct, finding: string, reason: string) =>
    Validations.of(on).acknowledge({ id: `AwsSolutions-${finding}`, reason });
  acknowledge(
    made.tracing,
    'IAM5[Resource::*]',
    'X-Ray offers no resource to narrow these actions to; this policy holds nothing else.',
  );
  acknowledge(
    made.logDelivery,
    'IAM5[Resource::*]',
    'CloudWatch Logs offers no resource to narrow log deliveries to; this policy holds nothing else and one role has it.',
  );
  const bucket = made.evidence.node.defaultChild;
  if (!CfnElement.isCfnElement(bucket)) throw new Error('The evidence bucket has no resource of its own.');
  for (const [name, prefix] of Object.entries(evidencePrefixes)) {
    acknowledge(
      stack,
      `IAM5[Resource::<${stack.getLogicalId(bucket)}.Arn>/${prefix}*]`,
      `Papers have names made when they are uploaded, so the objects under ${name} cannot be listed; other prefixes are shut.`,
    );
  }
  acknowledge(
    made.transient,
    'DDB3',
    'Sessions, drafts, links and counters, gone by their time: bringing them back would bring back what was to be forgotten.',
  );
  acknowledge(
    made.website,
    'APIG4',
    'Applicants have no accounts and approvers come by a mailed link, so the pages check link, session, role and limits themselves.',
  );
}
