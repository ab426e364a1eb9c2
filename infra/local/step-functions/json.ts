/** The most that a state's input, output or result, or an execution's input may weigh, in bytes of UTF-8 (AWS's quota). */
export const maxPayloadBytes = 262_144;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function exceedsPayloadLimit(text: string): boolean {
  return text.length > maxPayloadBytes || Buffer.byteLength(text) > maxPayloadBytes;
}

/** The name of a JSON value's type as AWS spells it in its causes. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value as JSON; `undefined` and functions, which JSON cannot hold, become null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** ISO 8601 in UTC with milliseconds, the form of every time in the context object. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
