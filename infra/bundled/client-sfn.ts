import type { JsonCommand } from './aws/json-service.ts';
import { JsonService } from './aws/json-service.ts';

export class StartExecutionCommand {
  readonly operation = 'StartExecution';
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

export class SendTaskSuccessCommand {
  readonly operation = 'SendTaskSuccess';
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

export class SendTaskFailureCommand {
  readonly operation = 'SendTaskFailure';
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

/** Step Functions. Dates in its answers stay numbers: nobody here reads them. */
export class SFNClient {
  readonly #sfn = new JsonService({
    id: 'SFN',
    hostPrefix: 'states',
    signingName: 'states',
    target: 'AWSStepFunctions',
    version: '1.0',
  });

  send({ operation, input }: JsonCommand): Promise<unknown> {
    return this.#sfn.call(operation, input);
  }
}
