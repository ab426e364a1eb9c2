import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Ports } from '../../infra/local/ports.ts';

export type Requests = {
  /** Asked of the HTTP API, pages and decisions. */
  site: number;
  kms: number;
  /** PUT, POST, copy and list: what S3 calls its dearer class. */
  s3Writes: number;
  s3Reads: number;
};

const channel = 'http.server.request.start';

/** Counts every request that a server of this process takes, by the port that it came to: what the services really were asked. */
export function countRequests(ports: () => Ports | undefined): { readonly requests: Requests; stop(): void } {
  const requests: Requests = { site: 0, kms: 0, s3Writes: 0, s3Reads: 0 };

  const take = (message: unknown): void => {
    const { request }: { request?: IncomingMessage } = Object(message);
    const known = ports();
    if (request === undefined || known === undefined) return;
    const port = request.socket.localPort;
    if (port === known.web && request.url?.startsWith('/_local') !== true) requests.site += 1;
    if (port === known.kms) requests.kms += 1;
    if (port !== known.s3) return;
    const isList = request.method === 'GET' && /[?&]list-type=/.test(request.url ?? '');
    if (isList || ['PUT', 'POST'].includes(request.method ?? '')) requests.s3Writes += 1;
    else requests.s3Reads += 1;
  };
  subscribe(channel, take);
  return { requests, stop: () => void unsubscribe(channel, take) };
}
