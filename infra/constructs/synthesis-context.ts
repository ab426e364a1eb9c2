/** CDK's feature flags. Here and not in `cdk.json`, so that a synthesis by plain node makes the same template. */
export const synthesisContext = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:explicitStackTags': true,
};
