/* eslint-disable @typescript-eslint/no-explicit-any -- a template is read here as it comes */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { readStage } from '../../infra/constructs/stage.ts';
import { synthesisContext } from '../../infra/constructs/synthesis-context.ts';
import { RelieflineStack } from '../../infra/reliefline-stack.ts';

export type Resource = { Type: string; Properties: Record<string, any>; DeletionPolicy?: string };
export type Statement = { Effect: string; Action: string[]; Resource: unknown[]; Condition?: Record<string, any> };

const list = (value: unknown): any[] => (Array.isArray(value) ? value : [value]);

/** The stack of a stage, not written to the repo's `cdk.out`. */
export function makeStack(context: Record<string, string> = {}): { app: App; stack: RelieflineStack } {
  const outdir = mkdtempSync(join(tmpdir(), 'reliefline-stack-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({ outdir, analyticsReporting: false, context: { ...synthesisContext, ...context } });
  const stage = readStage((key) => app.node.tryGetContext(key), {});
  return { app, stack: new RelieflineStack(app, stage.stackName, { stage, bundles: bundleFunctions(stage.mail) }) };
}

/** The template, and ways to ask it. */
export function readTemplate(context: Record<string, string> = {}) {
  const template = Template.fromStack(makeStack(context).stack).toJSON();
  const resources: Record<string, Resource> = template['Resources'];
  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  const idOf = (type: string, prefix: string) =>
    ofType(type)
      .map(([id]) => id)
      .find((id) => id.replace(/[0-9A-F]{8}$/, '') === prefix) ?? `no ${prefix}`;
  /** What a function may do: the statements of its role's own policies. */
  const statementsOf = (functionName: string): Statement[] => {
    const role = idOf('AWS::IAM::Role', `${functionName}Role`);
    return ofType('AWS::IAM::Policy')
      .filter(([, { Properties }]) => Properties['Roles'].some((each: any) => each.Ref === role))
      .flatMap(([, { Properties }]) => Properties['PolicyDocument'].Statement)
      .map((each: any) => ({ ...each, Action: list(each.Action), Resource: list(each.Resource) }));
  };
  return { template, resources, ofType, idOf, statementsOf };
}
