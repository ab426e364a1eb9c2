import { repositoryRoot } from '../../infra/local/repository.ts';
import { synthesize } from '../../infra/local/synth.ts';

/** Makes `cdk.out` what the sources say now, as every start of Reliefline does. */
console.log(await synthesize(repositoryRoot));
