import type { Ports } from './ports.ts';
import { localCredentials } from './s3.ts';
import type { LambdaDefinition } from './template.ts';

/** What a function's logging configuration asks of its own lines. */
export type LogLevel = 'INFO' | 'WARN';

/**
 * The environment of one function: its variables from the template, what Lambda itself sets, and the addresses of this
 * machine's services. `AWS_ENDPOINT_URL` catches every service that has no address here, so that a call which was
 * forgotten is refused on this machine instead of reaching AWS.
 */
export function functionEnvironment(
  definition: LambdaDefinition,
  place: { ports: Ports; dynamoDbEndpoint: string; region: string; logLevel?: LogLevel },
): Record<string, string> {
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const { ports, region } = place;
  return {
    ...definition.environment,
    TZ: 'UTC',
    NODE_ENV: 'production',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_LEVEL: place.logLevel ?? 'INFO',
    AWS_ENDPOINT_URL: at(ports.kms),
    AWS_ENDPOINT_URL_DYNAMODB: place.dynamoDbEndpoint,
    AWS_ENDPOINT_URL_SFN: at(ports.stepFunctions),
    AWS_ENDPOINT_URL_S3: at(ports.s3),
    AWS_ENDPOINT_URL_SESV2: at(ports.inbox),
    AWS_ENDPOINT_URL_KMS: at(ports.kms),
    // s3rver reads plain bodies: the SDK's default checksums come in chunks that it would store as they are.
    AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
    AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
  };
}
