import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Local } from '../../infra/local/run.ts';
import { storeVariables } from '../../shared/config/variables.ts';
import { openKeyRing } from '../../shared/store/key-ring.ts';
import { openStore, type Store } from '../../shared/store/open-store.ts';

/** The tables of a running Reliefline, read past its pages: for what no page shows, as that every chain holds. */
export function openLocalStore({ dynamoDbUrl, ports, model }: Pick<Local, 'dynamoDbUrl' | 'ports' | 'model'>): {
  readonly store: Store;
  readonly close: () => void;
} {
  const environment = model.functions
    .map((each) => storeVariables.safeParse(each.environment))
    .find((each) => each.success);
  if (environment?.data === undefined) throw new Error('no function of the template opens the store');
  const { CASES_TABLE, JOURNAL_TABLE, TRANSIENT_TABLE, DATA_KEY_ID } = environment.data;
  const access = { region: model.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new DynamoDBClient({ ...access, endpoint: dynamoDbUrl });
  const kms = new KMSClient({ ...access, endpoint: `http://127.0.0.1:${ports.kms}` });
  const keyRing = openKeyRing({ client, casesTable: CASES_TABLE, kms, kmsKeyId: DATA_KEY_ID });
  const tables = { cases: CASES_TABLE, journal: JOURNAL_TABLE, transient: TRANSIENT_TABLE };
  return {
    store: openStore({ client, tables, keyRing }),
    close: () => {
      client.destroy();
      kms.destroy();
    },
  };
}
