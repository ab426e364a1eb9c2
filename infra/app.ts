import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './constructs/bundle-functions.ts';
import { readStage } from './constructs/stage.ts';
import { RelieflineStack } from './reliefline-stack.ts';
import { synthesisContext } from './constructs/synthesis-context.ts';

/** Synthesizes the system into `cdk.out`: by `npx cdk deploy`, or run plainly by `npm run synth` and the local runtime. */
const app = new App({
  outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
  analyticsReporting: false,
  context: synthesisContext,
});
const stage = readStage((key) => app.node.tryGetContext(key), process.env);
new RelieflineStack(app, stage.stackName, { stage, bundles: bundleFunctions(stage.mail) });
app.synth();
