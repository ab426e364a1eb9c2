import { createHash } from 'node:crypto';
import type { Identity } from './intrinsics.ts';

type Place = { accountId: string; region: string; stackName: string };

/**
 * Names a resource as AWS would: the name that the template gives it, else one made of its logical id, and from it the
 * ARN and the other attributes. The same template always gives the same names, so data outlives a restart.
 */
export function identify(logicalId: string, type: string, properties: Record<string, unknown>, place: Place): Identity {
  const { accountId, region, stackName } = place;
  const given = (property: string): string | undefined => {
    const value = properties[property];
    return typeof value === 'string' ? value : undefined;
  };
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;

  switch (type) {
    case 'AWS::Lambda::Function': {
      const name = given('FunctionName') ?? logicalId;
      return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
    }
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table': {
      const name = given('TableName') ?? `${stackName}-${logicalId}`;
      return {
        ref: name,
        attributes: {
          Arn: arn('dynamodb', `table/${name}`),
          TableId: digest(name),
          StreamArn: arn('dynamodb', `table/${name}/stream/local`),
        },
      };
    }
    case 'AWS::S3::Bucket': {
      const name = given('BucketName') ?? `${stackName}-${logicalId}`.toLowerCase().slice(0, 63);
      const host = `${name}.s3.amazonaws.com`;
      return {
        ref: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: host,
          RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        },
      };
    }
    case 'AWS::KMS::Key': {
      const id = digest(logicalId);
      return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
    }
    case 'AWS::KMS::Alias': {
      const name = given('AliasName') ?? `alias/${logicalId}`;
      return { ref: name, attributes: { Arn: arn('kms', name) } };
    }
    case 'AWS::StepFunctions::StateMachine': {
      const name = given('StateMachineName') ?? logicalId;
      const machine = arn('states', `stateMachine:${name}`);
      return { ref: machine, attributes: { Arn: machine, Name: name, StateMachineRevisionId: 'local' } };
    }
    case 'AWS::SNS::Topic': {
      const name = given('TopicName') ?? logicalId;
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    }
    case 'AWS::SES::EmailIdentity': {
      const name = given('EmailIdentity') ?? logicalId;
      const tokens = [1, 2, 3].flatMap((number) => [
        [`DkimDNSTokenName${number}`, `local${number}._domainkey.${name}`],
        [`DkimDNSTokenValue${number}`, `local${number}.dkim.amazonses.com`],
      ]);
      return { ref: name, attributes: { ...Object.fromEntries(tokens), Arn: arn('ses', `identity/${name}`) } };
    }
    case 'AWS::SES::ConfigurationSet': {
      const name = given('Name') ?? logicalId;
      return { ref: name, attributes: { Arn: arn('ses', `configuration-set/${name}`) } };
    }
    case 'AWS::ApiGatewayV2::Api':
      return { ref: logicalId, attributes: { ApiId: logicalId, ApiEndpoint: '' } };
    case 'AWS::ApiGatewayV2::Stage':
      return { ref: given('StageName') ?? '$default', attributes: {} };
    case 'AWS::IAM::Role': {
      const name = given('RoleName') ?? logicalId;
      return { ref: name, attributes: { Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: digest(name) } };
    }
    case 'AWS::Logs::LogGroup': {
      const name = given('LogGroupName') ?? `${stackName}-${logicalId}`;
      return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
    }
    case 'AWS::Events::Rule':
      return { ref: logicalId, attributes: { Arn: arn('events', `rule/${given('Name') ?? logicalId}`) } };
    case 'AWS::Scheduler::Schedule': {
      const name = given('Name') ?? logicalId;
      return {
        ref: name,
        attributes: { Arn: arn('scheduler', `schedule/${given('GroupName') ?? 'default'}/${name}`) },
      };
    }
    default: {
      const [, service = 'local'] = type.split('::');
      return { ref: logicalId, attributes: { Arn: arn(service.toLowerCase(), logicalId) } };
    }
  }
}

/** An id in the shape of a UUID that depends on the name alone. */
function digest(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
