import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';
import { removalOf } from './stage.ts';

export type Keys = {
  /** Encrypts tables, evidence and alarms at rest. */
  readonly storage: kms.Key;
  /** Wraps the keys of persons. Apart from `storage`, so that reading a table never includes reading what is personal in it. */
  readonly persons: kms.Key;
};

export function makeKeys(scope: Construct, stage: Stage): Keys {
  const key = (id: string, description: string) =>
    new kms.Key(scope, id, { description, enableKeyRotation: true, removalPolicy: removalOf(stage) });
  return {
    storage: key('StorageKey', 'Reliefline: tables, evidence and alarms at rest'),
    persons: key('PersonKey', 'Reliefline: wraps the keys under which personal values are sealed'),
  };
}

/** Lets a function make and unwrap the keys of persons, and tells it the key in `DATA_KEY_ID`. */
export function bindPersonKey(fn: lambda.Function, key: kms.Key): void {
  fn.addEnvironment('DATA_KEY_ID', key.keyId);
  fn.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [key.keyArn] }),
  );
}

/** Tables and buckets use their key in the caller's name: allowed only by way of that service. */
export function allowStorageKey(fn: lambda.Function, key: kms.IKey, service: 'dynamodb' | 's3'): void {
  const { region, urlSuffix } = Stack.of(fn);
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    }),
  );
}
