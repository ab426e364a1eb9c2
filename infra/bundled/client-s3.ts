import type { AwsAnswer, AwsRequest } from './aws/aws-service.ts';
import { AwsService, encode } from './aws/aws-service.ts';
import { awsHost } from './aws/place.ts';
import { serviceError } from './aws/service-error.ts';
import { elementsOf, textOf } from './aws/xml.ts';

type ObjectInput = { readonly Bucket: string; readonly Key: string };

/** One request of S3: what is asked of which bucket, and how the answer is read. */
type S3Command<Output> = {
  readonly bucket: string;
  /** Its path is that below the bucket. */
  readonly request: AwsRequest;
  readonly read: (answer: AwsAnswer) => Output;
};

const pathOf = (key: string): string => `/${key.split('/').map(encode).join('/')}`;

/** Headers or query parameters without those that are not given. */
const given = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );

type GetInput = ObjectInput & {
  readonly Range?: string;
  readonly ResponseContentType?: string;
  readonly ResponseContentDisposition?: string;
};

export class GetObjectCommand {
  readonly bucket: string;
  readonly request: AwsRequest;
  constructor({ Bucket, Key, Range, ResponseContentType, ResponseContentDisposition }: GetInput) {
    this.bucket = Bucket;
    this.request = {
      method: 'GET',
      path: pathOf(Key),
      headers: given({ range: Range }),
      query: given({
        'response-content-disposition': ResponseContentDisposition,
        'response-content-type': ResponseContentType,
      }),
    };
  }
  read(answer: AwsAnswer) {
    const { body, headers } = orRefusal(answer);
    const { etag: ETag, 'content-range': ContentRange } = headers;
    return {
      ETag,
      ContentRange,
      Body: { transformToByteArray: (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(body)) },
    };
  }
}

type PutInput = ObjectInput & {
  readonly Body: Uint8Array;
  readonly ContentType: string;
  /** Base 64; S3 refuses other bytes. With it the SDK works out no checksum of its own. */
  readonly ChecksumSHA256: string;
};

export class PutObjectCommand {
  readonly bucket: string;
  readonly request: AwsRequest;
  constructor({ Bucket, Key, Body, ContentType, ChecksumSHA256 }: PutInput) {
    this.bucket = Bucket;
    this.request = {
      method: 'PUT',
      path: pathOf(Key),
      headers: { 'content-type': ContentType, 'x-amz-checksum-sha256': ChecksumSHA256 },
      query: { 'x-id': 'PutObject' },
      body: Body,
    };
  }
  read(answer: AwsAnswer) {
    orRefusal(answer);
    return {};
  }
}

export class DeleteObjectCommand {
  readonly bucket: string;
  readonly request: AwsRequest;
  constructor({ Bucket, Key }: ObjectInput) {
    this.bucket = Bucket;
    this.request = { method: 'DELETE', path: pathOf(Key) };
  }
  read(answer: AwsAnswer) {
    orRefusal(answer);
    return {};
  }
}

type CopyInput = ObjectInput & {
  /** Encoded already: `bucket/key`. */
  readonly CopySource: string;
  /** Copied only while this ETag is the source's; else `PreconditionFailed`. */
  readonly CopySourceIfMatch?: string;
  readonly ContentType: string;
  readonly MetadataDirective: string;
};

export class CopyObjectCommand {
  readonly bucket: string;
  readonly request: AwsRequest;
  constructor({ Bucket, Key, CopySource, CopySourceIfMatch, ContentType, MetadataDirective }: CopyInput) {
    this.bucket = Bucket;
    this.request = {
      method: 'PUT',
      path: pathOf(Key),
      headers: {
        'content-type': ContentType,
        'x-amz-copy-source': CopySource,
        ...(CopySourceIfMatch === undefined ? {} : { 'x-amz-copy-source-if-match': CopySourceIfMatch }),
        'x-amz-metadata-directive': MetadataDirective,
      },
    };
  }
  read(answer: AwsAnswer) {
    orRefusal(answer);
    // A copy that fails after it began is answered with 200 and an error inside.
    if (answer.body.includes('<Error>')) throw refusal({ ...answer, status: 500 });
    return {};
  }
}

type ListInput = { readonly Bucket: string; readonly Prefix: string; readonly ContinuationToken?: string };

export class ListObjectsV2Command {
  readonly bucket: string;
  readonly request: AwsRequest;
  constructor({ Bucket, Prefix, ContinuationToken }: ListInput) {
    this.bucket = Bucket;
    const query = given({ 'list-type': '2', prefix: Prefix, 'continuation-token': ContinuationToken });
    this.request = { method: 'GET', path: '/', query };
  }
  read(answer: AwsAnswer) {
    const text = orRefusal(answer).body.toString('utf8');
    return {
      IsTruncated: textOf(text, 'IsTruncated') === 'true',
      NextContinuationToken: textOf(text, 'NextContinuationToken'),
      Contents: elementsOf(text, 'Contents').map((each) => ({
        Key: textOf(each, 'Key'),
        Size: Number(textOf(each, 'Size')),
        ETag: textOf(each, 'ETag'),
      })),
    };
  }
}

const orRefusal = (answer: AwsAnswer): AwsAnswer => {
  if (answer.status >= 300) throw refusal(answer);
  return answer;
};

function refusal({ status, headers, body }: AwsAnswer): Error {
  const text = body.toString('utf8');
  return serviceError({
    code: textOf(text, 'Code') ?? `Status${status}`,
    message: textOf(text, 'Message') ?? 'UnknownError',
    status,
    requestId: headers['x-amz-request-id'],
  });
}

/** S3, one bucket a command: by its own host on AWS, by the path where an endpoint is given. */
export class S3Client {
  readonly #services = new Map<string, AwsService>();

  send<Output>({ bucket, request, read }: S3Command<Output>): Promise<Output> {
    return this.serviceOf(bucket).send(this.inBucket(bucket, request), read);
  }

  presign({ bucket, request }: S3Command<unknown>, expiresIn: number): Promise<string> {
    return this.serviceOf(bucket).presign(this.inBucket(bucket, request), expiresIn);
  }

  serviceOf(bucket: string): AwsService {
    const known = this.#services.get(bucket);
    if (known !== undefined) return known;
    const hostPrefix = `${bucket}.s3`;
    const service = new AwsService({ id: 'S3', hostPrefix, signingName: 's3', signsPathAsItIs: true });
    this.#services.set(bucket, service);
    return service;
  }

  /** Where a browser posts a file to. */
  addressOf(bucket: string): string {
    const { endpoint, region } = this.serviceOf(bucket);
    return endpoint === undefined ? `https://${awsHost(`${bucket}.s3`, region)}/` : `${endpoint.origin}/${bucket}`;
  }

  inBucket(bucket: string, request: AwsRequest): AwsRequest {
    if (this.serviceOf(bucket).endpoint === undefined) return request;
    return { ...request, path: `/${bucket}${request.path}` };
  }
}
