import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import type { Outcome } from './lambda-messages.ts';

export type HttpAnswer = { status: number; headers: [string, string][]; body: Buffer };

const shaped = z.looseObject({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
});

/** Headers that belong to one connection: the gateway makes its own. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'date', 'upgrade']);

/** A JSON answer of the gateway itself, such as 404 `{"message":"Not Found"}`. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify({ message })) };
}

/**
 * Turns what a function returned into an HTTP answer by the rules of payload format 2.0: with a `statusCode` it is taken
 * as written; without one, the whole value is the JSON body of a 200. A failed function is a 500 that tells nothing, and so is
 * an answer that HTTP cannot carry.
 */
export function makeAnswer(outcome: Outcome): HttpAnswer {
  if (outcome.kind === 'failed') return gatewayAnswer(500, 'Internal Server Error');
  const value: unknown = JSON.parse(outcome.payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const body = typeof value === 'string' ? value : outcome.payload;
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(body) };
  }
  const parsed = shaped.safeParse(value);
  if (!parsed.success) return gatewayAnswer(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const kept = Object.entries(headers)
    .map(([name, text]): [string, string] => [name.toLowerCase(), String(text)])
    .filter(([name]) => !ownHeaders.has(name));
  const content = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (content.length > 0 && !kept.some(([name]) => name === 'content-type')) {
    kept.push(['content-type', 'text/plain;charset=UTF-8']);
  }
  const sent = [...kept, ...cookies.map((cookie): [string, string] => ['set-cookie', cookie])];
  return sent.every(isHeader)
    ? { status: statusCode, headers: sent, body: content }
    : gatewayAnswer(500, 'Internal Server Error');
}

function isHeader([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
