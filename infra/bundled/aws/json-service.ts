import type { AwsAnswer, AwsServiceOptions } from './aws-service.ts';
import { AwsService } from './aws-service.ts';
import { serviceError } from './service-error.ts';

/** A command as its class in the SDK is made: an operation and what it is given. */
export type JsonCommand = { readonly operation: string; readonly input: object };

type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (text: string): Fields => {
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
};

/** Reads a JSON answer, or throws what it refuses with. */
export function readJson({ status, headers, body }: AwsAnswer): Fields {
  if (status < 300) return fieldsOf(body.toString('utf8'));
  const fields = readableFields(body.toString('utf8'));
  const { __type, message, Message, ...details } = fields;
  throw serviceError({
    code: String(headers['x-amzn-errortype'] ?? __type ?? fields['code'] ?? 'Unknown'),
    message: String(message ?? Message ?? 'UnknownError'),
    status,
    requestId: headers['x-amzn-requestid'],
    details,
  });
}

/** A load balancer in between may answer with a page. */
function readableFields(text: string): Fields {
  try {
    return fieldsOf(text);
  } catch {
    return {};
  }
}

/** A service that speaks JSON in AWS's RPC style: DynamoDB, KMS, Step Functions. */
export class JsonService {
  readonly #service: AwsService;
  readonly #target: string;
  readonly #contentType: string;

  constructor(options: AwsServiceOptions & { readonly target: string; readonly version: '1.0' | '1.1' }) {
    this.#service = new AwsService(options);
    this.#target = options.target;
    this.#contentType = `application/x-amz-json-${options.version}`;
  }

  call(operation: string, input: object): Promise<Fields> {
    return this.#service.send(
      {
        method: 'POST',
        path: '/',
        headers: { 'content-type': this.#contentType, 'x-amz-target': `${this.#target}.${operation}` },
        body: JSON.stringify(input),
      },
      readJson,
    );
  }
}
