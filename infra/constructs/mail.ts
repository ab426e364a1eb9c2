import { CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Lets a function send mail, and sets the variables that say how. */
export type BindMail = (fn: lambda.Function) => void;

/** SES, or an SMTP server where SES is not to be had (AWS's China regions): then the template holds nothing of SES. */
export function makeMail(scope: Construct, stage: Stage): BindMail {
  const from = new CfnParameter(scope, 'MailFrom', {
    description: 'The address that mails come from. SES asks its owner to confirm it.',
    default: 'reliefline@union.example',
    allowedPattern: '[^@\\s]+@[^@\\s]+',
    constraintDescription: 'an e-mail address',
  }).valueAsString;
  return stage.mail === 'ses' ? bySes(scope, from) : bySmtp(scope, from);
}

function bySes(scope: Construct, from: string): BindMail {
  const identity = new ses.CfnEmailIdentity(scope, 'MailIdentity', { emailIdentity: from });
  // No tracking options at all: links in mails reach their reader as they were written, and nobody counts the clicks.
  const configurationSet = new ses.CfnConfigurationSet(scope, 'MailSettings', {
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  const arnOf = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ses', resource, resourceName });
  return (fn) => {
    fn.addEnvironment('MAIL_TRANSPORT', 'ses');
    fn.addEnvironment('MAIL_FROM', from);
    fn.addEnvironment('CONFIGURATION_SET', configurationSet.ref);
    fn.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [arnOf('identity', identity.ref), arnOf('configuration-set', configurationSet.ref)],
        conditions: { StringEquals: { 'ses:FromAddress': from } },
      }),
    );
  };
}

function bySmtp(scope: Construct, from: string): BindMail {
  const url = new CfnParameter(scope, 'SmtpUrl', {
    description: 'smtps://user:password@host:465',
    noEcho: true,
    allowedPattern: 'smtps?://.+',
    constraintDescription: 'an address such as smtps://user:password@host:465',
  }).valueAsString;
  return (fn) => {
    fn.addEnvironment('MAIL_TRANSPORT', 'smtp');
    fn.addEnvironment('MAIL_FROM', from);
    fn.addEnvironment('SMTP_URL', url);
  };
}
