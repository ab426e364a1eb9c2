import { CfnOutput, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './constructs/acknowledgements.ts';
import { makeAlarms } from './constructs/alarms.ts';
import type { Bundles } from './constructs/bundle-functions.ts';
import { bindFinanceFiles, bindEvidence, bindEvidenceIntake, makeEvidenceBucket } from './constructs/evidence.ts';
import type { FunctionName } from './constructs/function-entries.ts';
import { houseFunction, tracingPolicy } from './constructs/house-function.ts';
import { bindPersonKey, makeKeys } from './constructs/keys.ts';
import { makeMail } from './constructs/mail.ts';
import type { Stage } from './constructs/stage.ts';
import {
  authenticatorFunctions,
  moneyFunctions,
  strangersToCases,
  tableGrants,
  votingFunctions,
} from './constructs/table-grants.ts';
import {
  bindTables,
  denyAuthenticators,
  denyCaseRemovals,
  denyCaseWrites,
  denyDirectoryWrites,
  denyMoney,
  denyVotes,
  makeTables,
} from './constructs/tables.ts';
import { makeWebsite } from './constructs/website.ts';
import { bindWorkflow, logDeliveryPolicy, makeWorkflow, workflowAddress } from './constructs/workflow.ts';

/** The whole system, in reading order: keys, tables, papers, website, mail, functions, workflow, upkeep. */
export class RelieflineStack extends Stack {
  constructor(scope: Construct, id: string, { stage, bundles }: { stage: Stage; bundles: Bundles }) {
    super(scope, id, {
      description: 'Reliefline: a trade union brings relief to its workers',
      env: { region: stage.region },
      terminationProtection: !stage.isDev,
    });
    const firstAdministrator = new CfnParameter(this, 'FirstAdministratorEmail', {
      description: 'Who enters the office page first. Without it nobody can; it may be given by a later deployment.',
      default: '',
      allowedPattern: '|[^@\\s]+@[^@\\s]+',
      constraintDescription: 'an e-mail address',
    });
    const keys = makeKeys(this, stage);
    const tables = makeTables(this, stage, keys.storage);
    const evidence = makeEvidenceBucket(this, stage, keys.storage);
    const website = makeWebsite(this, stage);
    const bindMail = makeMail(this, stage);
    const alarms = makeAlarms(this, keys.storage);
    const tracing = tracingPolicy(this);
    const logDelivery = logDeliveryPolicy(this);
    const address = workflowAddress(this);

    const makeFunction = (name: FunctionName, description: string, timeout?: Duration, memorySize?: number) => {
      const made = houseFunction(
        this,
        name,
        { stage, bundles, alarms, tracing },
        {
          description,
          ...(timeout ? { timeout } : {}),
          ...(memorySize ? { memorySize } : {}),
        },
      );
      bindTables(made, tables, tableGrants[name]);
      denyCaseRemovals(made, tables);
      if (strangersToCases.includes(name)) denyCaseWrites(made, tables);
      if (!votingFunctions.includes(name)) denyVotes(made, tables);
      if (!moneyFunctions.includes(name)) denyMoney(made, tables);
      if (!authenticatorFunctions.includes(name)) denyAuthenticators(made, tables);
      bindPersonKey(made, keys.persons);
      return made;
    };
    /** Acts on cases, and so sends what a change leaves in the outbox: mails, starts, wake-ups. */
    const caseFunction = (name: FunctionName, description: string, timeout?: Duration, memorySize?: number) => {
      const made = makeFunction(name, description, timeout, memorySize);
      made.addEnvironment('SITE_URL', website.url);
      bindMail(made);
      bindWorkflow(made, address.arn);
      return made;
    };
    const step = (name: FunctionName, description: string) => {
      const made = caseFunction(name, description);
      denyDirectoryWrites(made, tables);
      return made;
    };
    const pages = (name: FunctionName, description: string) =>
      caseFunction(name, description, Duration.seconds(28), 1024);

    const workflow = makeWorkflow(this, {
      stage,
      name: address.name,
      policies: [tracing, logDelivery],
      steps: {
        checkApplication: step('CheckApplication', 'Is the application complete, and is it eligible?'),
        requestCorrection: step('RequestCorrection', 'Asks the applicant for what is missing, and waits'),
        requestAdvance: step('RequestAdvance', 'Asks two officers for an advance, and waits'),
        requestReview: step('RequestReview', 'Asks the patch committee, and waits'),
        requestApproval: step('RequestApproval', 'Asks the officers of this level, and waits'),
        postNotice: step('PostNotice', 'Posts the public notice, and waits for its end'),
        requestObjection: step('RequestObjection', 'Asks who settles an objection, and waits'),
        requestPayment: step('RequestPayment', 'Orders the payouts, and waits until they are confirmed'),
        climbRung: step('ClimbRung', 'A deadline passed: reminds, or asks who stands in'),
        closeCase: step('CloseCase', 'Ends the case'),
      },
    });
    alarms.onFailedExecutions('ReliefApplication', workflow);

    const applicant = pages('ApplicantPages', 'Pages for applicants, and the notice board');
    bindEvidenceIntake(applicant, evidence);
    const approver = pages('ApproverPages', 'The page behind a decision link');
    const finance = pages('FinancePages', 'Pages for finance');
    const funds = pages(
      'FundPages',
      'Pages for finance and the office, on the funds, and on what is paid back into them',
    );
    const results = pages('BankResultPages', 'Pages for finance, on what banks’ files say');
    const office = pages('OfficePages', 'Pages for the office, and signing in');
    const account = pages('AccountPages', 'Authenticators of the staff: taken up, handed over, stopped');
    for (const reader of [approver, office, account]) bindEvidence(reader, evidence);
    bindFinanceFiles(finance, evidence, 'batches', 'receipts');
    bindFinanceFiles(results, evidence, 'results');
    bindFinanceFiles(funds, evidence, 'vouchers');
    for (const stranger of [applicant, approver, finance, funds, results, account])
      denyDirectoryWrites(stranger, tables);
    website.serve({ applicant, approver, finance, funds, results, office, account });

    const sweeper = step('SweepOutbox', 'Sends what a dead process left in the outbox');
    new events.Rule(this, 'EveryMinute', {
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweeper, { retryAttempts: 0 })],
    });
    const scheduled = step(
      'RunScheduled',
      'Reminds of what is due outside of the workflow, and hands over what is overdue',
    );
    new events.Rule(this, 'EveryHour', {
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(scheduled, { retryAttempts: 0 })],
    });
    const prover = makeFunction(
      'ProveBooks',
      'Proves all books; its alarm rings if they do not agree',
      Duration.minutes(15),
      1024,
    );
    prover.addEnvironment('RELIEFLINE_PROVES', 'yes');
    denyDirectoryWrites(prover, tables);
    // Half past two at night in China.
    new events.Rule(this, 'EveryNight', {
      schedule: events.Schedule.cron({ minute: '30', hour: '18' }),
      targets: [new LambdaFunction(prover, { retryAttempts: 0 })],
    });
    alarms.onOutboxBacklog();
    alarms.onWaitingPeople();

    const seed = makeFunction(
      'SeedStage',
      'Programmes and the first administrator of a new stage',
      Duration.minutes(5),
    );
    seed.addEnvironment('RELIEFLINE_SEED', 'yes');
    seed.addEnvironment('FIRST_ADMINISTRATOR_EMAIL', firstAdministrator.valueAsString);
    this.seedAfterDeployment(seed, stage);

    acknowledgeFindings(this, {
      tracing,
      logDelivery,
      evidence,
      transient: tables.transient,
      website: website.api,
    });
    new CfnOutput(this, 'SiteUrl', { value: website.url });
    for (const [name, table] of Object.entries(tables))
      new CfnOutput(this, `${name}TableName`, { value: table.tableName });
    new CfnOutput(this, 'EvidenceBucketName', { value: evidence.bucketName });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
  }

  /** CloudFormation itself tells when a deployment is done; that needs no custom resource and its wide role. */
  private seedAfterDeployment(seed: lambda.Function, stage: Stage): void {
    new events.Rule(this, 'AfterDeployment', {
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: { 'stack-id': [this.stackId], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
      },
      targets: [new LambdaFunction(seed, { event: events.RuleTargetInput.fromObject({ profile: stage.seedProfile }) })],
    });
  }
}
