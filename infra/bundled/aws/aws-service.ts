import { HttpRequest } from '@smithy/core/protocols';
import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsHost, credentialsOf, givenEndpoint, regionOf } from './place.ts';
import { Sha256 } from './sha256.ts';

export type AwsRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

export type AwsAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type AwsServiceOptions = {
  /** As in `AWS_ENDPOINT_URL_…`. */
  readonly id: string;
  readonly hostPrefix: string;
  readonly signingName: string;
  readonly maxAttempts?: number;
  /** Errors that pass by themselves and which the SDK leaves to its caller. */
  readonly alsoPassing?: readonly string[];
  /** S3 alone signs the path as it stands. */
  readonly signsPathAsItIs?: boolean;
};

/** A call that takes longer is lost: DynamoDB, KMS, SES and Step Functions answer within a second. */
const attemptMs = 20_000;

/**
 * One service of AWS over the SDK's own signer, transport and retry strategy, without the SDK's description of every
 * operation there is: those, and what they drag in, were two thirds of a bundle.
 */
export class AwsService {
  readonly region = regionOf(process.env);
  readonly credentials = credentialsOf(process.env);
  readonly endpoint: URL | undefined;
  readonly #signer: SignatureV4;
  readonly #transport = new NodeHttpHandler({ requestTimeout: attemptMs, throwOnRequestTimeout: true });
  readonly #retries: StandardRetryStrategy;
  readonly #options: AwsServiceOptions;

  constructor(options: AwsServiceOptions) {
    this.#options = options;
    this.endpoint = givenEndpoint(options.id, process.env);
    this.#retries = new StandardRetryStrategy(options.maxAttempts ?? 3);
    this.#signer = new SignatureV4({
      service: options.signingName,
      region: this.region,
      credentials: this.credentials,
      sha256: Sha256,
      uriEscapePath: options.signsPathAsItIs !== true,
    });
  }

  /**
   * Sends, and again if the failure passes by itself, as the SDK's standard mode does.
   * @throws what `refusalOf` makes of the answer, or the network's own error
   */
  async send<Result>(request: AwsRequest, read: (answer: AwsAnswer) => Result): Promise<Result> {
    let token = await this.#retries.acquireInitialRetryToken('');
    for (;;) {
      try {
        const result = read(await this.#attempt(request));
        this.#retries.recordSuccess(token);
        return result;
      } catch (error) {
        const errorType = kindOf(error, this.#options.alsoPassing);
        if (errorType === undefined) throw error;
        const next = await this.#retries.refreshRetryTokenForRetry(token, { errorType }).catch(() => undefined);
        if (next === undefined) throw error;
        token = next;
      }
    }
  }

  /** The request with an address that holds its signature, for somebody who has no credentials. */
  async presign(request: AwsRequest, expiresIn: number): Promise<string> {
    const unsigned = this.#requestTo({
      ...request,
      headers: { ...request.headers, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' },
    });
    const { protocol, hostname, port, path, query } = await this.#signer.presign(unsigned, { expiresIn });
    const text = Object.entries(query ?? {}).map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
    return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}?${text.join('&')}`;
  }

  async #attempt(request: AwsRequest): Promise<AwsAnswer> {
    const signed = await this.#signer.sign(this.#requestTo(request));
    const { response } = await this.#transport.handle(new HttpRequest(signed));
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) chunks.push(Buffer.from(chunk));
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
  }

  #requestTo({ method, path, query = {}, headers = {}, body }: AwsRequest): HttpRequest {
    const { protocol, hostname, port } =
      this.endpoint ?? new URL(`https://${awsHost(this.#options.hostPrefix, this.region)}`);
    return new HttpRequest({
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      method,
      path,
      query: { ...query },
      headers: {
        ...headers,
        host: port === '' ? hostname : `${hostname}:${port}`,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      body,
    });
  }
}

/** As RFC 3986 has it, which a signature depends on. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function kindOf(error: unknown, alsoPassing: readonly string[] = []): 'THROTTLING' | 'TRANSIENT' | undefined {
  if (!isSdkError(error)) return undefined;
  if (alsoPassing.includes(error.name)) return 'TRANSIENT';
  if (isThrottlingError(error)) return 'THROTTLING';
  return isTransientError(error) ? 'TRANSIENT' : undefined;
}

/** The SDK's judges read an error as theirs; every field they ask for may be missing. */
const isSdkError = (error: unknown): error is Parameters<typeof isThrottlingError>[0] => error instanceof Error;
