import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';

/** What differs between deployments of the system. Chosen with `-c stage=… -c mail=… -c seed=…`. */
export type Stage = {
  readonly name: string;
  readonly stackName: string;
  readonly region: string;
  /** In `dev` everything may be thrown away; in every other stage data outlives the stack. */
  readonly isDev: boolean;
  readonly mail: 'ses' | 'smtp';
  /** `demo` fills an invented union in; for trying the system out, never where real people are helped. */
  readonly seedProfile: 'none' | 'demo';
};

/** Where the caller's AWS profile names no region. */
const fallbackRegion = 'ap-southeast-1';

/**
 * Reads the stage from CDK's context.
 * @throws Error that names the key whose value is not understood
 */
export function readStage(
  contextOf: (key: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Stage {
  const name = contextOf('stage') ?? 'prod';
  if (typeof name !== 'string' || !/^[a-z][a-z0-9]{1,15}$/.test(name)) {
    throw new Error('-c stage=… is a name of 2 to 16 small letters and digits, such as prod, test or dev.');
  }
  return {
    name,
    stackName: name === 'prod' ? 'Reliefline' : `Reliefline-${name}`,
    region: environment['CDK_DEFAULT_REGION'] ?? fallbackRegion,
    isDev: name === 'dev',
    mail: oneOf('mail', contextOf('mail'), ['ses', 'smtp']),
    seedProfile: oneOf('seed', contextOf('seed'), ['none', 'demo']),
  };
}

function oneOf<const T extends string>(key: string, value: unknown, [first, ...others]: readonly [T, ...T[]]): T {
  const found = value === undefined ? first : [first, ...others].find((each) => each === value);
  if (found === undefined) throw new Error(`-c ${key}=… is one of: ${[first, ...others].join(', ')}.`);
  return found;
}

export const removalOf = (stage: Stage): RemovalPolicy => (stage.isDev ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);

/** Log lines hold no personal values; half a year is enough to look into a complaint. */
export const logRetentionOf = (stage: Stage): logs.RetentionDays =>
  stage.isDev ? logs.RetentionDays.ONE_WEEK : logs.RetentionDays.SIX_MONTHS;
