import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import type { Local } from '../../infra/local/run.ts';

/** A client of a running Reliefline's Step Functions; whoever opens it destroys it. */
export const stepFunctionsClient = (
  { ports, model }: Pick<Local, 'ports' | 'model'>,
  more: Pick<SFNClientConfig, 'maxAttempts'> = {},
): SFNClient =>
  new SFNClient({
    endpoint: `http://127.0.0.1:${ports.stepFunctions}`,
    region: model.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...more,
  });
