import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

/**
 * CDK's feature flags, all as CDK recommends for a new stack: `cdk synth` warns of each that is left open. Here and not in `cdk.json`,
 * so that a synthesis by plain node makes the same template.
 */
export const synthesisContext = recommendedFlags;
