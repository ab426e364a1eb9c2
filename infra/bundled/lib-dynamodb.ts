import { randomUUID } from 'node:crypto';

/** The commands that `shared/store` sends by way of ElectroDB. Data alone: `client-dynamodb.ts` knows how to send them. */
class DocumentCommand {
  readonly operation: string;
  readonly input: object;
  constructor(operation: string, input: object) {
    this.operation = operation;
    this.input = input;
  }
}

export class GetCommand extends DocumentCommand {
  constructor(input: object) {
    super('GetItem', input);
  }
}
export class PutCommand extends DocumentCommand {
  constructor(input: object) {
    super('PutItem', input);
  }
}
export class UpdateCommand extends DocumentCommand {
  constructor(input: object) {
    super('UpdateItem', input);
  }
}
export class DeleteCommand extends DocumentCommand {
  constructor(input: object) {
    super('DeleteItem', input);
  }
}
export class BatchGetCommand extends DocumentCommand {
  constructor(input: object) {
    super('BatchGetItem', input);
  }
}
export class BatchWriteCommand extends DocumentCommand {
  constructor(input: object) {
    super('BatchWriteItem', input);
  }
}
export class QueryCommand extends DocumentCommand {
  constructor(input: object) {
    super('Query', input);
  }
}
export class ScanCommand extends DocumentCommand {
  constructor(input: object) {
    super('Scan', input);
  }
}
export class TransactWriteCommand extends DocumentCommand {
  /** With a token of its own, so that a transaction whose answer was lost is not written twice when it is sent again. */
  constructor(input: object) {
    super('TransactWriteItems', { ClientRequestToken: randomUUID(), ...input });
  }
}
