import type { LocalPages } from './http-api.ts';
import { gatewayAnswer, type HttpAnswer } from './http-response.ts';
import type { Proof } from './invoke-prover.ts';
import { messageOf } from './start-error.ts';

/** `POST /_local/prove` proves the books of this Reliefline and answers with the report. */
export function provePage(prove: () => Promise<Proof>): LocalPages {
  const post = async (): Promise<HttpAnswer> => {
    try {
      const body = Buffer.from(JSON.stringify(await prove()));
      return { status: 200, headers: [['content-type', 'application/json']], body };
    } catch (error) {
      return gatewayAnswer(500, messageOf(error));
    }
  };
  return ({ method, path }) => {
    if (path !== '/_local/prove') return undefined;
    return method === 'POST' ? post() : Promise.resolve(gatewayAnswer(405, 'Method Not Allowed'));
  };
}
