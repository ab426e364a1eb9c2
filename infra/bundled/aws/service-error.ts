/** What AWS answered instead of a result, in the shape in which the SDK throws it. */
export type ServiceError = Error & {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };
};

export function serviceError(answer: {
  /** As it came, perhaps with a namespace before it or an address behind it. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string | undefined;
  /** What else the answer says, such as the reasons of a cancelled transaction. */
  readonly details?: Readonly<Record<string, unknown>>;
}): ServiceError {
  const error = new Error(answer.message);
  const name = answer.code.split('#').at(-1)?.split(':')[0] ?? answer.code;
  return Object.assign(error, {
    ...answer.details,
    name,
    message: answer.message,
    $fault: answer.status >= 500 ? ('server' as const) : ('client' as const),
    $metadata: {
      httpStatusCode: answer.status,
      ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    },
  });
}
