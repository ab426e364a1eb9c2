import type { LocalPages, LocalRequest } from '../http-api.ts';
import { gatewayAnswer, type HttpAnswer } from '../http-response.ts';
import type { Log } from '../log.ts';

/** Asks each page in turn; one that fails is logged by its error's name and tells nothing to the reader. HEAD is asked as GET. */
export function localRouter(pages: readonly LocalPages[], log: Log): LocalPages {
  return (request) => {
    const asked = request.method === 'HEAD' ? { ...request, method: 'GET' } : request;
    for (const page of pages) {
      const answer = ask(page, asked);
      if (answer === undefined) continue;
      return answer.catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log({ level: 'error', message: 'a page of this machine failed', error: name, at: placeOf(error) });
        return gatewayAnswer(500, 'Internal Server Error');
      });
    }
    return undefined;
  };
}

/** A page that fails before it has anything to wait for fails like one that fails later. */
function ask(page: LocalPages, request: LocalRequest): Promise<HttpAnswer> | undefined {
  try {
    return page(request);
  } catch (error) {
    return Promise.reject(error);
  }
}

const placeOf = (error: unknown): string | undefined =>
  error instanceof Error ? /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() : undefined;
