import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** The bells of the system, all on one topic. */
export type Alarms = {
  readonly topic: sns.Topic;
  readonly onErrors: (name: string, watched: lambda.Function) => void;
  readonly onFailedExecutions: (name: string, machine: sfn.StateMachine) => void;
  /** Rings while messages of committed changes stay unsent. */
  readonly onOutboxBacklog: () => void;
  /** Rings when the last rung of a case, or of something due on it, was climbed without an answer, and when a notice's end is only an estimate. */
  readonly onWaitingPeople: () => void;
};

/** Written by the sweeper after every round, as a line of CloudWatch's embedded metric format. */
export const outboxBacklog = { namespace: 'Reliefline', metricName: 'OutboxBacklog' };
/** Written by whatever changes a case; see `functions/middleware/metric-line.ts`. */
const overdueCases = { namespace: 'Reliefline', metricName: 'OverdueCases' };
const estimatedNotices = { namespace: 'Reliefline', metricName: 'EstimatedNotices' };

export function makeAlarms(scope: Construct, key: kms.Key): Alarms {
  const topic = new sns.Topic(scope, 'Alarms', { displayName: 'Reliefline alarms', masterKey: key, enforceSSL: true });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AlarmsOnTheEncryptedTopic',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  const ring = (id: string, metric: cloudwatch.Metric, description: string, threshold = 1, periods = 1) => {
    new cloudwatch.Alarm(scope, id, {
      metric,
      alarmDescription: description,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  };
  const period = Duration.minutes(5);
  return {
    topic,
    onErrors: (name, watched) =>
      ring(`${name}Errors`, watched.metricErrors({ period }), `${name} failed. Its log group holds the error.`),
    onFailedExecutions: (name, machine) => {
      ring(`${name}Failed`, machine.metricFailed({ period }), `A case stopped: an execution of ${name} failed.`);
      ring(`${name}TimedOut`, machine.metricTimedOut({ period }), `A case stopped: an execution of ${name} timed out.`);
      ring(`${name}Aborted`, machine.metricAborted({ period }), `A case stopped: an execution of ${name} was aborted.`);
    },
    onOutboxBacklog: () =>
      ring(
        'OutboxBacklog',
        new cloudwatch.Metric({ ...outboxBacklog, statistic: 'Maximum', period }),
        'Mails or wake-ups of committed changes have been waiting for a quarter of an hour.',
        20,
        3,
      ),
    onWaitingPeople: () => {
      ring(
        'OverdueCases',
        new cloudwatch.Metric({ ...overdueCases, statistic: 'Sum', period }),
        'A case went through all its rungs without an answer, or something due on one was not done. It waits with the office.',
      );
      ring(
        'EstimatedNotices',
        new cloudwatch.Metric({ ...estimatedNotices, statistic: 'Sum', period }),
        'A notice ends in a year whose public holidays are not known here. Update chinese-days.',
      );
    },
  };
}
