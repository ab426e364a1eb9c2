import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom. Each zone says in one sentence what it protects; the sentence is what a developer reads
 * when the rule is broken. `target` is the importer, `from` what it may not reach.
 */
const zones = [
  {
    target: './shared/kernel',
    from: ['./shared/!(kernel)/**', './functions', './infra', './workflows'],
    message: 'The kernel stands alone: everything may import it, so it imports nothing of the house.',
  },
  {
    target: './shared/programmes',
    from: ['./shared/!(kernel|programmes)/**', './functions', './infra', './workflows'],
    message: 'A programme is data that every stage reads; it knows the kernel and nothing of the stages.',
  },
  {
    target: ['./shared/register', './shared/funds'],
    from: ['./shared/!(kernel|programmes|register|funds)/**', './functions', './infra', './workflows'],
    message: 'The register and the funds are older than any application: they know no stage and no case.',
  },
  ...['intake', 'review', 'approval', 'notice', 'disbursement'].map((stage) => ({
    target: `./shared/${stage}`,
    from: [`./shared/!(kernel|programmes|register|funds|${stage})/**`, './functions', './infra', './workflows'],
    message: 'Stages do not import each other (their order is data); what they share lies in kernel.',
  })),
  {
    target: './shared/cases',
    from: ['./shared/(store|mail|web|i18n|config)/**', './functions', './infra', './workflows'],
    message: 'The rules never know the store, AWS, HTTP or the words on a page.',
  },
  {
    target: './shared/!(store)/**',
    from: './shared/store/**',
    message: 'Only functions open the store: a rule is given what it needs.',
  },
  ...['intake', 'review', 'approval', 'notice', 'disbursement', 'waits', 'upkeep'].map((stage) => ({
    target: `./functions/${stage}`,
    from: [`./functions/!(${stage}|middleware)/**`, './infra'],
    message: 'A task knows its own stage: another stage is reached through the case in the store.',
  })),
  {
    target: './functions/web',
    from: ['./functions/!(web|middleware)/**', './infra', './workflows'],
    message: 'Pages speak to the rules and the store; the workflow learns of a decision from the outbox.',
  },
  {
    target: './functions/web/evidence',
    from: ['./functions/web/!(evidence)/**'],
    message: 'What is done with uploaded files, whoever uploads them, knows none of the pages.',
  },
  {
    target: './workflows',
    from: ['./functions', './infra', './shared/!(kernel)/**'],
    message: 'A workflow waits and routes; what it waits for is decided elsewhere.',
  },
  {
    target: './infra/local',
    from: ['./infra/*.ts', './infra/constructs', './functions', './shared', './workflows'],
    message: 'The local runtime reads only cdk.out: one description, no second wiring.',
  },
  {
    target: ['./shared', './functions', './workflows', './infra/*.ts', './infra/constructs'],
    from: './infra/local',
    message: 'Nothing outside infra/local knows that it exists.',
  },
  {
    target: './test/replay',
    from: ['./shared', './functions', './infra', './workflows'],
    message: 'The replay drives the system through its outside only, as people and their banks do.',
  },
];

/** The rule refuses a mix of folders and patterns: every folder becomes the pattern of what lies in it. */
function globsOnly<Zone extends { from: string | string[] }>(zone: Zone): Zone & { from: string[] } {
  return { ...zone, from: [zone.from].flat().map((path) => (/[*!]/.test(path) ? path : `${path}/**`)) };
}

const cdkOnlyInInfra = {
  paths: [{ name: 'aws-cdk-lib', message: 'CDK belongs in infra/ and workflows/*/definition.ts.' }],
  patterns: [
    { group: ['aws-cdk-lib/*', 'constructs'], message: 'CDK belongs in infra/ and workflows/*/definition.ts.' },
  ],
};

/** A rule is given what it needs; it knows no service, no request and no clock on the wall. */
const rulesStandAlone = {
  paths: [...cdkOnlyInInfra.paths],
  patterns: [
    ...cdkOnlyInInfra.patterns,
    {
      group: ['@aws-sdk/*', 'electrodb', 'hono', 'hono/*', 'nodemailer', '@middy/*'],
      message: 'The rules never know the store, AWS, HTTP or the clock on the wall: only store, mail and web do.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', '.reliefline', '**/*.js', '**/*.mjs'] },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { '@typescript-eslint': tseslint.plugin, 'import-x': importX },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })] },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: zones.map(globsOnly) }],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['shared/**', 'functions/**', 'test/**'],
    rules: {
      'no-restricted-imports': ['error', cdkOnlyInInfra],
      // By syntax: `no-restricted-imports` with a name would refuse `import * as z` too.
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier[imported.name='z']",
          message: "Write `import * as z from 'zod'`: the named import bundles all of it.",
        },
      ],
    },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: ['shared/store/**', 'shared/mail/**', 'shared/web/**', '**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', rulesStandAlone] },
  },
  {
    files: ['test/**', '**/*.test.{ts,tsx}', 'shared/kernel/brand.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // The tests of the template read it by CDK's own means, and the bench measures what it is made of.
  { files: ['test/infra/**', 'test/workflows/**', 'test/bench/**'], rules: { 'no-restricted-imports': 'off' } },
  // Tools want a default export of their settings; what stands in for a library exports as it does.
  { files: ['*.config.ts', 'infra/bundled/chinese-days.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['infra/local/**', 'infra/app.ts', 'test/**', 'infra/**/*-command.ts'],
    rules: { 'no-console': 'off' },
  },
);
