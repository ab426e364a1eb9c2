/** What a Task's Resource names. */
export type Resource =
  | { kind: 'function'; arn: string }
  | {
      kind: 'service';
      /** `lambda`, `states`, `aws-sdk:s3` */
      service: string;
      /** As the history shows it, pattern included: `invoke.waitForTaskToken` */
      action: string;
      pattern: 'request' | 'sync' | 'waitForTaskToken';
    };

/** `arn:aws:states:::lambda:invoke.waitForTaskToken` is a service; anything else is taken as a function's ARN. */
export function readResource(text: string): Resource {
  const service = /^arn:aws[\w-]*:states:[^:]*:[^:]*:(?<service>(?:aws-sdk:)?[\w-]+):(?<action>.+)$/.exec(text)?.groups;
  if (service?.['service'] === undefined || service['action'] === undefined) return { kind: 'function', arn: text };
  const action = service['action'];
  const pattern = action.endsWith('.waitForTaskToken')
    ? 'waitForTaskToken'
    : /\.sync(:2)?$/.test(action)
      ? 'sync'
      : 'request';
  return { kind: 'service', service: service['service'], action, pattern };
}
