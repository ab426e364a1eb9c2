import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as http from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logRetentionOf, removalOf } from './stage.ts';
import type { Stage } from './stage.ts';

export type Pages = { readonly [Audience in keyof typeof routes]: lambda.Function };

/** Which audience's Lambda answers what. Whatever no route names is answered by the applicants' 404 page. */
export const routes = {
  applicant: [
    'GET /',
    'ANY /apply',
    'ANY /apply/{proxy+}',
    'ANY /track',
    'ANY /track/{proxy+}',
    'GET /notices',
    'ANY /notices/{proxy+}',
    'GET /assets/{proxy+}',
    'GET /lang',
    'GET /programmes/{id}',
  ],
  // HEAD too, though it meets no GET route: to a mail scanner a 404 would make our link a dead one.
  approver: ['GET /d/{token}', 'HEAD /d/{token}', 'ANY /decide/{proxy+}'],
  finance: ['ANY /finance', 'ANY /finance/{proxy+}'],
  funds: [
    'ANY /finance/funds',
    'ANY /finance/funds/{proxy+}',
    'ANY /finance/recoveries',
    'ANY /finance/recoveries/{proxy+}',
  ],
  results: ['ANY /finance/results', 'ANY /finance/results/{proxy+}'],
  office: ['ANY /office', 'ANY /office/{proxy+}', 'ANY /sign-in', 'ANY /sign-in/{proxy+}', 'POST /sign-out'],
  account: ['ANY /account/{proxy+}'],
} as const;

export type Website = {
  readonly url: string;
  readonly api: http.HttpApi;
  readonly serve: (pages: Pages) => void;
};

/** The HTTP API. Made before the functions, since their links need its address; `serve` hangs the pages in. */
export function makeWebsite(scope: Construct, stage: Stage): Website {
  const api = new http.HttpApi(scope, 'Website', {
    description: 'Pages for applicants, approvers, finance and the office',
    createDefaultStage: false,
  });
  const accessLog = new logs.LogGroup(scope, 'AccessLog', {
    retention: logRetentionOf(stage),
    removalPolicy: removalOf(stage),
  });
  new http.HttpStage(scope, 'WebsiteStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 100, burstLimit: 200 },
    accessLogSettings: { destination: new http.LogGroupLogDestination(accessLog), format: accessLogFormat },
  });
  return { url: api.apiEndpoint, api, serve: (pages) => hang(api, pages) };
}

/** The route's key and never the path: a path may hold a token. No address of the reader either. */
const accessLogFormat = apigateway.AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    ms: '$context.responseLatency',
    error: '$context.integrationErrorMessage',
  }),
);

function hang(api: http.HttpApi, pages: Pages): void {
  const integration = (id: string, page: lambda.Function) =>
    new HttpLambdaIntegration(id, page, { timeout: Duration.seconds(29), scopePermissionToRoute: false });
  const integrations = {
    applicant: integration('Applicant', pages.applicant),
    approver: integration('Approver', pages.approver),
    finance: integration('Finance', pages.finance),
    funds: integration('Funds', pages.funds),
    results: integration('BankResults', pages.results),
    office: integration('Office', pages.office),
    account: integration('Account', pages.account),
  };
  const add = (routeKeys: readonly string[], to: HttpLambdaIntegration) => {
    for (const routeKey of routeKeys) {
      new http.HttpRoute(api, routeKey, { httpApi: api, integration: to, routeKey: readRouteKey(routeKey) });
    }
  };
  add([...routes.applicant, '$default'], integrations.applicant);
  add(routes.approver, integrations.approver);
  add(routes.finance, integrations.finance);
  add(routes.funds, integrations.funds);
  add(routes.results, integrations.results);
  add(routes.office, integrations.office);
  add(routes.account, integrations.account);
}

function readRouteKey(text: string): http.HttpRouteKey {
  if (text === '$default') return http.HttpRouteKey.DEFAULT;
  const [method, path = ''] = text.split(' ');
  const methods = [http.HttpMethod.ANY, http.HttpMethod.GET, http.HttpMethod.HEAD, http.HttpMethod.POST];
  const known = methods.find((each) => each === method);
  if (known === undefined) throw new Error(`The route '${text}' has a method that no page answers.`);
  return http.HttpRouteKey.with(path, known);
}
