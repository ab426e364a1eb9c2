import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { identify } from './identities.ts';
import { holds, type Identity, resolve, type Scope } from './intrinsics.ts';
import { messageOf, StartError } from './start-error.ts';
import {
  assetsSchema,
  eventsRuleProperties,
  functionProperties,
  integrationProperties,
  machineProperties,
  manifestSchema,
  routeProperties,
  schedulerProperties,
  tableProperties,
  type Template,
  templateSchema,
} from './template-schema.ts';

export type LambdaDefinition = {
  name: string;
  arn: string;
  codeFolder: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  concurrency: number | undefined;
  environment: Record<string, string>;
};
export type TableDefinition = { name: string; properties: z.infer<typeof tableProperties> };
export type MachineDefinition = { name: string; arn: string; definition: string; loggingLevel?: string };
export type RouteDefinition = { routeKey: string; functionArn: string; timeoutMs: number };
export type ScheduleDefinition = {
  name: string;
  arn: string;
  source: 'aws.events' | 'aws.scheduler';
  expression: string;
  timezone: string;
  targets: { arn: string; input?: string | undefined }[];
};
export type KeyDefinition = { id: string; arn: string; aliases: string[]; usage: string };

/** All that the one-machine runtime needs to know of the system, read from the synthesized template. */
export type Model = {
  stackName: string;
  accountId: string;
  region: string;
  functions: LambdaDefinition[];
  tables: TableDefinition[];
  buckets: string[];
  machines: MachineDefinition[];
  routes: RouteDefinition[];
  schedules: ScheduleDefinition[];
  keys: KeyDefinition[];
  /** What the template holds and this machine does not run, a sentence each. */
  warnings: string[];
};

const accountId = '000000000000';
const localAddress = 'administrator@reliefline.example';

/** AWS types that are about permission, naming or watching: on one machine there is nothing to run for them. */
const silent =
  /^AWS::(IAM::|CDK::|Logs::|CloudWatch::|XRay::|Lambda::(Permission|Version|Alias|EventInvokeConfig)$|S3::BucketPolicy|SNS::|SES::|Budgets::|SSM::|ApplicationInsights::|Scheduler::ScheduleGroup|ApiGatewayV2::Stage|KMS::Alias)/;

/**
 * Reads the stack in a `cdk.out` folder.
 *
 * @param options.url the address that the HTTP API answers at
 * @param options.parameters values for stack parameters; one without value or default stops the start
 */
export function loadModel(options: { cdkOut: string; url: string; parameters: Record<string, string> }): Model {
  const { cdkOut, url } = options;
  const manifest = manifestSchema.parse(readJson(join(cdkOut, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    throw new StartError(`The one-machine runtime runs one stack; ${cdkOut} holds ${stacks.length}.`);
  }
  const [artifactId, { environment, properties: artifact = {} }] = stack;
  const templateFile =
    typeof artifact.templateFile === 'string' ? artifact.templateFile : `${artifactId}.template.json`;
  const stackName = typeof artifact.stackName === 'string' ? artifact.stackName : artifactId;
  const environmentRegion = environment?.split('/').at(-1);
  const region =
    environmentRegion === undefined || environmentRegion.startsWith('unknown') ? 'eu-central-1' : environmentRegion;
  const template = templateSchema.parse(readJson(join(cdkOut, templateFile)));
  const scope = makeScope(template, { accountId, region, stackName, url, parameters: options.parameters });
  const codeFolders = readAssets(cdkOut, artifactId);

  const resources = Object.entries(template.Resources)
    .filter(([, { Condition: name }]) => name === undefined || holds(template.Conditions[name], scope))
    .map(([id, { Type: type, Properties: raw }]) => ({ id, type, raw, identity: identityOf(scope, id) }));
  const each = <S extends z.ZodType, T>(
    types: string[],
    schema: S,
    make: (properties: z.infer<S>, identity: Identity, id: string) => T[],
  ): T[] =>
    resources
      .filter(({ type }) => types.includes(type))
      .flatMap(({ id, raw, identity }) => {
        const parsed = schema.safeParse(resolve(raw, scope));
        if (!parsed.success) throw new StartError(`The template's ${id} is not understood: ${parsed.error.message}`);
        return make(parsed.data, identity, id);
      });

  const arnOf = (identity: Identity): string => identity.attributes.Arn ?? identity.ref;
  const warnings: string[] = [];
  const apiUrl = new RegExp(`https://[A-Za-z0-9]+\\.execute-api\\.${region}\\.amazonaws\\.com`, 'g');

  const functions = each(['AWS::Lambda::Function'], functionProperties, (p, identity, id): LambdaDefinition[] => {
    const codeFolder = codeFolders.get(p.Code.S3Key ?? '');
    if (codeFolder === undefined || !p.Runtime.startsWith('nodejs')) {
      warnings.push(
        `The function ${id} (${p.Runtime}) does not run here: it is no Node function of this stack's assets.`,
      );
      return [];
    }
    const variables = Object.entries(p.Environment.Variables);
    return [
      {
        name: identity.ref,
        arn: arnOf(identity),
        codeFolder,
        handler: p.Handler,
        memoryMb: p.MemorySize,
        timeoutSeconds: p.Timeout,
        concurrency: p.ReservedConcurrentExecutions,
        environment: Object.fromEntries(variables.map(([name, value]) => [name, value.replace(apiUrl, url)])),
      },
    ];
  });
  const integrations = new Map(
    each(['AWS::ApiGatewayV2::Integration'], integrationProperties, (p, identity) => [[identity.ref, p] as const]),
  );
  const routes = each(['AWS::ApiGatewayV2::Route'], routeProperties, (p) => {
    const integration = integrations.get(p.Target?.split('/').at(-1) ?? '');
    const functionArn = functions.find(({ arn }) => integration?.IntegrationUri.includes(arn))?.arn;
    if (integration === undefined || functionArn === undefined || integration.PayloadFormatVersion !== '2.0') {
      throw new StartError(`The route ${p.RouteKey} does not lead to a function with payload format 2.0.`);
    }
    return [{ routeKey: p.RouteKey, functionArn, timeoutMs: integration.TimeoutInMillis }];
  });
  const schedules = [
    ...each(['AWS::Events::Rule'], eventsRuleProperties, (p, identity, id): ScheduleDefinition[] => {
      // A deployment's end is no event here: what follows it on AWS (the seed), the start does by itself.
      const isMissed = p.EventPattern?.source.some((source) => source !== 'aws.cloudformation') ?? false;
      if (isMissed) warnings.push(`The event pattern of ${id} does not run here; schedules do.`);
      if (p.ScheduleExpression === undefined || p.State !== 'ENABLED') return [];
      const targets = p.Targets.map(({ Arn: arn, Input: input }) => ({ arn, input }));
      return [
        {
          name: id,
          arn: arnOf(identity),
          source: 'aws.events',
          expression: p.ScheduleExpression,
          timezone: 'UTC',
          targets,
        },
      ];
    }),
    ...each(['AWS::Scheduler::Schedule'], schedulerProperties, (p, identity, id): ScheduleDefinition[] =>
      p.State !== 'ENABLED'
        ? []
        : [
            {
              name: id,
              arn: arnOf(identity),
              source: 'aws.scheduler',
              expression: p.ScheduleExpression,
              timezone: p.ScheduleExpressionTimezone,
              targets: [{ arn: p.Target.Arn, input: p.Target.Input }],
            },
          ],
    ),
  ];
  const machines = each(
    ['AWS::StepFunctions::StateMachine'],
    machineProperties,
    (p, identity, id): MachineDefinition[] => {
      if (p.StateMachineType === 'EXPRESS')
        throw new StartError(`The state machine ${id} is Express; only Standard runs.`);
      const level = p.LoggingConfiguration?.Level;
      return [
        {
          name: identity.attributes.Name ?? id,
          arn: identity.ref,
          definition: p.DefinitionString,
          ...(level === undefined ? {} : { loggingLevel: level }),
        },
      ];
    },
  );
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const keys = of('AWS::KMS::Key').map(({ raw: properties, identity }) => ({
    id: identity.ref,
    arn: arnOf(identity),
    usage: String(properties.KeyUsage ?? 'ENCRYPT_DECRYPT'),
    aliases: of('AWS::KMS::Alias')
      .filter(({ raw }) => [identity.ref, arnOf(identity)].includes(String(resolve(raw.TargetKeyId, scope))))
      .map((alias) => alias.identity.ref),
  }));
  const run =
    /^AWS::(Lambda::Function|ApiGatewayV2::(Api|Route|Integration)|Events::Rule|Scheduler::Schedule|StepFunctions::StateMachine|DynamoDB::(Global)?Table|S3::Bucket|KMS::Key)$/;
  for (const { id, type } of resources) {
    if (!silent.test(type) && !run.test(type)) warnings.push(`The template's ${id} (${type}) does not run here.`);
  }
  return {
    stackName,
    accountId,
    region,
    functions,
    tables: each(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'], tableProperties, (properties, { ref }) => [
      { name: ref, properties },
    ]),
    buckets: of('AWS::S3::Bucket').map(({ identity }) => identity.ref),
    machines,
    routes,
    schedules,
    keys,
    warnings,
  };
}

function makeScope(
  template: Template,
  place: { accountId: string; region: string; stackName: string; url: string; parameters: Record<string, string> },
): Scope {
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default: fallback }]) => {
      // Only the first administrator's address has no default on AWS; here any inbox will do.
      const value = place.parameters[name] ?? fallback ?? (/address|e?mail/i.test(name) ? localAddress : undefined);
      if (value === undefined) {
        throw new StartError(`The stack's parameter ${name} has no value. Give it with --parameter ${name}=VALUE.`);
      }
      return [name, String(value)] as const;
    }),
  );
  const identities = new Map<string, Identity>();
  const scope: Scope = { ...place, template, parameters, identities };
  for (const [id, { Type: type, Properties: properties }] of Object.entries(template.Resources)) {
    const named = Object.entries(properties).filter(([property]) => /Name$|^EmailIdentity$/.test(property));
    const identity = identify(
      id,
      type,
      Object.fromEntries(named.map(([key, value]) => [key, early(value, scope)])),
      place,
    );
    if (type === 'AWS::ApiGatewayV2::Api') identity.attributes.ApiEndpoint = place.url;
    if (type === 'AWS::Lambda::Version' || type === 'AWS::Lambda::Alias') {
      identity.ref = `${String(early(properties.FunctionName, scope))}:local`;
    }
    identities.set(id, identity);
  }
  return scope;
}

/** A name may be put together from what comes before it; one that is not known yet falls back to the logical id. */
function early(value: unknown, scope: Scope): unknown {
  try {
    return resolve(value, scope);
  } catch (error) {
    if (error instanceof StartError) return undefined;
    throw error;
  }
}

function identityOf(scope: Scope, id: string): Identity {
  const identity = scope.identities.get(id);
  if (identity === undefined) throw new StartError(`The template does not hold ${id}.`);
  return identity;
}

/** Folder of each asset by the key under which CDK would upload it. */
function readAssets(cdkOut: string, artifactId: string): Map<string, string> {
  const { files } = assetsSchema.parse(readJson(join(cdkOut, `${artifactId}.assets.json`)));
  return new Map(
    Object.values(files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(cdkOut, source.path ?? '')] as const),
    ),
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new StartError(`${file} cannot be read (${messageOf(cause)}). Run: npm run synth`, { cause });
  }
}
