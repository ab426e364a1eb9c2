import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allowStorageKey } from './keys.ts';
import { removalOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * Where papers lie: uploaded under `drafts/`, moved under `cases/` when the application is handed in. The files of batches lie under
 * `batches/`, those in which banks tell what became of payments under `results/`, scans of vouchers under `vouchers/` and of banks'
 * receipts under `receipts/`, each under its own digest. Scans come in under `incoming/` of the same folder, and are gone from there after a day.
 */
export const evidencePrefixes = {
  drafts: 'drafts/',
  cases: 'cases/',
  batches: 'batches/',
  results: 'results/',
  vouchers: 'vouchers/',
  receipts: 'receipts/',
};

/** Drafts live 30 days; an upload whose draft is gone goes a day later. */
const draftDays = 31;
/** What was uploaded and never recorded. */
const incomingDays = 1;

export function makeEvidenceBucket(scope: Construct, stage: Stage, key: kms.Key): s3.Bucket {
  const house = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: removalOf(stage),
  };
  const accessLog = new s3.Bucket(scope, 'EvidenceAccessLog', {
    ...house,
    // S3 delivers access logs to no bucket with a customer's key.
    encryption: s3.BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(365) }],
  });
  return new s3.Bucket(scope, 'Evidence', {
    ...house,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    versioned: true,
    // @ts-expect-error CDK's Bucket does not fit CDK's IBucket where `exactOptionalPropertyTypes` is on.
    serverAccessLogsBucket: accessLog,
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      { prefix: evidencePrefixes.drafts, expiration: Duration.days(draftDays) },
      { prefix: `${evidencePrefixes.vouchers}incoming/`, expiration: Duration.days(incomingDays) },
      { prefix: `${evidencePrefixes.receipts}incoming/`, expiration: Duration.days(incomingDays) },
    ],
  });
}

const objects = (bucket: s3.Bucket, prefix: string) => bucket.arnForObjects(`${prefix}*`);

/** Read the papers of cases, as the pages of approvers, finance and office show them. */
export function bindEvidence(fn: lambda.Function, bucket: s3.Bucket): void {
  fn.addEnvironment('EVIDENCE_BUCKET', bucket.bucketName);
  fn.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [objects(bucket, evidencePrefixes.cases)] }),
  );
  if (bucket.encryptionKey) allowStorageKey(fn, bucket.encryptionKey, 's3');
}

/** Besides reading papers: put files of these kinds, and read them back. They are never removed. */
export function bindFinanceFiles(
  fn: lambda.Function,
  bucket: s3.Bucket,
  ...kinds: readonly ('batches' | 'results' | 'vouchers' | 'receipts')[]
): void {
  bindEvidence(fn, bucket);
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: kinds.map((kind) => objects(bucket, evidencePrefixes[kind])),
    }),
  );
}

/** Besides reading: take uploads in, list and remove those of a draft, and copy them to the case. Nothing of a case is removed. */
export function bindEvidenceIntake(fn: lambda.Function, bucket: s3.Bucket): void {
  bindEvidence(fn, bucket);
  const drafts = objects(bucket, evidencePrefixes.drafts);
  fn.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [drafts] }),
  );
  fn.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [objects(bucket, evidencePrefixes.cases)] }),
  );
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${evidencePrefixes.drafts}*` } },
    }),
  );
}
