import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnRoute,
  CfnStage,
  DomainName,
  HttpApi,
  type HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';

/** Paths contain tokens, so the log has the route's key and never the path, a header or a query. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  ip: '$context.identity.sourceIp',
});

/**
 * The organisation's own host. `certificate` is an ARN in ACM. In a hosted zone the record is made,
 * and the certificate too unless one is given.
 */
export interface Host {
  readonly domain: string;
  readonly certificate?: string | undefined;
  readonly hostedZone?: { readonly id: string; readonly name: string } | undefined;
}

export interface Route {
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  /** @default a hundred per second */
  readonly throttle?: Throttle;
}

/**
 * Requests per second, and in a burst, that one route answers. Any more are answered with 429
 * before a function runs.
 */
interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}
/** For each route without limits of its own. */
const usual: Throttle = { rateLimit: 100, burstLimit: 200 };

/**
 * The only entrance for HTTP. Each route has a throttle of its own, and the access log contains no
 * tokens.
 */
export class HttpFront extends Construct {
  /**
   * `https://…`, without a trailing slash: the organisation's own host if there is one. The host of
   * API Gateway keeps working as well.
   */
  readonly url: string;
  /** Has one line per request. */
  readonly log: ILogGroup;
  private readonly api: HttpApi;
  private readonly stage: HttpStage;
  private readonly throttles: Record<string, object> = {};

  constructor(scope: Construct, id: string, { pages }: { readonly pages?: Host | undefined } = {}) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.api = new HttpApi(this, 'Api', { apiName: stackName, createDefaultStage: false });
    const host = pages && this.host(pages);
    this.url = pages ? `https://${pages.domain}` : this.api.apiEndpoint;
    this.log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/afterword/${stackName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      ...(host && { domainMapping: { domainName: host } }),
      throttle: usual,
      accessLogSettings: { destination: new LogGroupLogDestination(this.log), format: AccessLogFormat.custom(accessLog) },
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason:
        'Each function authorises its caller itself: producers and operators by keys with scopes that the table holds as hashes, readers by signed tokens in the path. An authorizer would need the same table and secrets.',
    });
  }

  private host({ domain, certificate, hostedZone }: Host): DomainName {
    const zone =
      hostedZone && HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: hostedZone.id, zoneName: hostedZone.name });
    const host = new DomainName(this, 'Host', {
      domainName: domain,
      certificate:
        certificate === undefined
          ? new Certificate(this, 'Certificate', { domainName: domain, validation: CertificateValidation.fromDns(zone) })
          : Certificate.fromCertificateArn(this, 'Certificate', certificate),
    });
    if (zone === undefined) {
      new CfnOutput(this, 'HostRecord', { value: `${domain} CNAME ${host.regionalDomainName}`, description: `DNS record for ${domain}` });
    } else {
      const target = RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(host.regionalDomainName, host.regionalHostedZoneId));
      // With a full stop at its end the name is taken as it is, whatever the name of the zone.
      new ARecord(this, 'HostAlias', { zone, recordName: `${domain}.`, target });
    }
    return host;
  }

  /** Counts requests that were answered with a fault of ours. */
  failed(): Metric {
    return this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' });
  }

  /** Sends these routes to this function, which may then be called for them and for no others. */
  serve(id: string, fn: IFunction, routes: readonly Route[]): void {
    const integration = new HttpLambdaIntegration(id, fn);
    for (const { path, methods, throttle = usual } of routes) {
      for (const route of this.api.addRoutes({ path, methods: [...methods], integration })) this.throttle(route, throttle);
    }
  }

  /**
   * Gives the route a bucket of its own. Scanners that follow the links of a run then keep nobody
   * from unsubscribing, publishing or pausing.
   */
  private throttle(route: HttpRoute, { rateLimit, burstLimit }: Throttle): void {
    const stage = this.stage.node.defaultChild;
    const made = route.node.defaultChild;
    if (!(stage instanceof CfnStage && made instanceof CfnRoute)) throw new Error('a route or the stage is not made as it was');
    this.throttles[made.routeKey] = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
    stage.routeSettings = this.throttles;
    // API Gateway refuses settings of a route that does not exist yet.
    stage.node.addDependency(route);
  }
}
