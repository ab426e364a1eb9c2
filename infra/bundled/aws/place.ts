/** Where a function runs and as whom: all of it in the variables that Lambda sets. */
type Environment = Readonly<Record<string, string | undefined>>;

export function regionOf(environment: Environment): string {
  const region = environment['AWS_REGION'];
  if (region === undefined || region === '') throw new Error('AWS_REGION is not set');
  return region;
}

/** The role's credentials. Lambda renews them by replacing the process, so they are read once. */
export function credentialsOf(environment: Environment) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error('AWS_ACCESS_KEY_ID is not set');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** The address given for one service or for all of them: `AWS_ENDPOINT_URL_SFN`, `AWS_ENDPOINT_URL`. */
export function givenEndpoint(serviceId: string, environment: Environment): URL | undefined {
  const given = environment[`AWS_ENDPOINT_URL_${serviceId}`] ?? environment['AWS_ENDPOINT_URL'];
  return given === undefined || given === '' ? undefined : new URL(given);
}

const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

export const awsHost = (hostPrefix: string, region: string): string => `${hostPrefix}.${region}.${domainOf(region)}`;
