import { describe, expect, it } from 'vitest';
import { homePaths } from '../../lambdas/home/env.ts';
import { cronOf } from '../../lib/constructs/schedules.ts';
import { aStage, the } from '../support/stage-under-test.ts';

const stage = aStage('production');

describe('the HTTP API', () => {
  it('serves these routes by these functions', () => {
    const served = stage.all('AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const [, integration] = properties.Target['Fn::Join'][1].map(({ Ref }: { Ref?: string }) => Ref);
      const uri = JSON.stringify(the(stage.resources.filter(({ id }) => id === integration)).properties.IntegrationUri);
      return `${properties.RouteKey} → ${['intake', 'operator', 'scim', 'home', 'web', 'web-customers'].find((name) => uri.includes(stage.fn(name).id))}`;
    });

    expect(served.toSorted()).toEqual([
      'ANY / → web',
      'ANY /a/{token} → web',
      'ANY /archive → web',
      'ANY /archive/{audience} → web',
      'ANY /archive/{audience}/{postmortem} → web',
      'ANY /c/{token} → web',
      'ANY /customers/c/{token} → web-customers',
      'ANY /customers/feed → web-customers',
      'ANY /customers/incidents → web-customers',
      'ANY /customers/incidents/{notice} → web-customers',
      'ANY /customers/join → web-customers',
      'ANY /customers/join/{stream} → web-customers',
      'ANY /customers/new-link → web-customers',
      'ANY /customers/p/{token} → web-customers',
      'ANY /customers/p/{token}/data → web-customers',
      'ANY /customers/p/{token}/erase → web-customers',
      'ANY /customers/u/{token} → web-customers',
      'ANY /decisions/{token} → web',
      'ANY /decisions/{token}/{postmortem} → web',
      'ANY /feed/{token} → web',
      'ANY /feeds → web',
      ...homePaths.map((path) => `ANY /home${path} → home`).toSorted(),
      'ANY /join → web',
      'ANY /join/{stream} → web',
      'ANY /muted/{token} → web',
      'ANY /new-link → web',
      'ANY /operator/{proxy+} → operator',
      'ANY /p/{token} → web',
      'ANY /p/{token}/data → web',
      'ANY /p/{token}/erase → web',
      'ANY /preferences → web',
      'ANY /r/{token} → web',
      'ANY /r/{token}/{postmortem} → web',
      'ANY /receipts/{token} → web',
      'ANY /reminders/{token} → web',
      'ANY /review/{token} → web',
      'ANY /review/{token}/mail → web',
      'ANY /review/{token}/page → web',
      'ANY /s/{link} → web',
      'ANY /scim/v2/{proxy+} → scim',
      'ANY /sessions → web',
      'ANY /sign-in → web',
      'ANY /sign-in/callback → web',
      'ANY /sign-in/start → web',
      'ANY /sign-in/{token} → web',
      'ANY /sign-out → web',
      'ANY /u/{token} → web',
      'ANY /view/{token} → web',
      'GET /postmortems → intake',
      'GET /postmortems/{id} → intake',
      'GET /postmortems/{id}/relevance → intake',
      'GET /postmortems/{id}/revisions → intake',
      'POST /postmortems → intake',
      'POST /postmortems/{id}/release → intake',
      'POST /postmortems/{id}/restrict → intake',
      'POST /postmortems/{id}/retract → intake',
      'POST /postmortems/{id}/similar/{earlier} → intake',
      'PUT /postmortems/{id} → intake',
    ]);
  });

  it('throttles each route by itself, so that scanners keep nobody from leaving, publishing or pausing', () => {
    const { DependsOn, Properties } = JSON.parse(stage.text).Resources[the(stage.all('AWS::ApiGatewayV2::Stage')).id];
    const routes = stage.all('AWS::ApiGatewayV2::Route');

    expect(Object.keys(Properties.RouteSettings).toSorted()).toEqual(routes.map(({ properties }) => properties.RouteKey).toSorted());
    expect(Properties.RouteSettings['ANY /u/{token}']).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
    expect(Properties.RouteSettings['ANY /operator/{proxy+}']).toEqual({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(Properties.RouteSettings['ANY /home']).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
    expect(Properties.RouteSettings['ANY /sign-in']).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    for (const form of ['/join', '/join/{stream}', '/new-link'].flatMap((path) => [path, `/customers${path}`]))
      expect(Properties.RouteSettings[`ANY ${form}`], form).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    for (const path of ['/incidents', '/incidents/{notice}', '/feed'])
      expect(Properties.RouteSettings[`ANY /customers${path}`], path).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(Properties.RouteSettings['ANY /sign-in/callback']).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 100 });
    expect(Properties.RouteSettings['ANY /sign-in/{token}']).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
    // API Gateway refuses settings of a route that is not there yet.
    expect(routes.filter(({ id }) => !DependsOn.includes(id))).toEqual([]);
  });

  it('is throttled, and logs neither path nor token', () => {
    const { DefaultRouteSettings, AccessLogSettings } = the(stage.all('AWS::ApiGatewayV2::Stage')).properties;

    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 });
    expect(Object.values(JSON.parse(AccessLogSettings.Format))).toEqual([
      '$context.requestId',
      '$context.routeKey',
      '$context.status',
      '$context.responseLatency',
      '$context.integrationErrorMessage',
      '$context.identity.sourceIp',
    ]);
  });
});

describe('a schedule', () => {
  const schedule = (name: string) =>
    the(stage.all('AWS::Scheduler::Schedule').filter(({ properties }) => properties.Name === name)).properties;

  it('composes its stream at its hour, in its zone, through the compose queue', () => {
    expect(schedule('engineering-digest-afterword-production')).toMatchObject({
      ScheduleExpression: 'cron(45 16 ? * THU *)',
      ScheduleExpressionTimezone: 'Asia/Kathmandu',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [stage.queue('compose').id, 'Arn'] },
        Input: '{"stream":"engineering-digest","scheduledFor":"<aws.scheduler.scheduled-time>"}',
      },
    });
  });

  it('composes a monthly stream on its day, in the organisation’s zone where it names none', () => {
    expect(schedule('leadership-brief-afterword-production')).toMatchObject({
      ScheduleExpression: 'cron(15 7 5 * ? *)',
      ScheduleExpressionTimezone: 'America/St_Johns',
      Target: { Input: '{"stream":"leadership-brief","scheduledFor":"<aws.scheduler.scheduled-time>"}' },
    });
  });

  it('runs sweep every minute, and does not repeat a run that failed', () => {
    expect(schedule('sweep-afterword-production')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Arn: { 'Fn::GetAtt': [stage.fn('sweep').id, 'Arn'] }, RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
  });

  it('looks for drift on Monday mornings in the organisation’s zone', () => {
    expect(schedule('drift-afterword-production')).toMatchObject({
      ScheduleExpression: 'cron(30 7 ? * MON *)',
      ScheduleExpressionTimezone: 'America/St_Johns',
      Target: {
        Arn: { 'Fn::GetAtt': [stage.fn('drift').id, 'Arn'] },
        Input: '{"scheduledFor":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 3600 },
      },
    });
  });

  it('leaves what it could not deliver where an alarm sees it', () => {
    const letters = { Arn: { 'Fn::GetAtt': [stage.queue('schedules-dead-letters').id, 'Arn'] } };

    const others = stage.all('AWS::Scheduler::Schedule').filter(({ properties }) => !properties.Name.startsWith('ready-'));
    expect(others.map(({ properties }) => properties.Target.DeadLetterConfig)).toEqual(others.map(() => letters));
    expect(others.length).toBeGreaterThan(0);
  });

  it('keeps a container of each function that an alert passes through', () => {
    for (const name of ['intake', 'compose', 'deliver-urgent'])
      expect(schedule(`ready-${name}-afterword-production`)).toMatchObject({
        ScheduleExpression: 'rate(5 minutes)',
        Target: {
          Arn: { 'Fn::GetAtt': [stage.fn(name).id, 'Arn'] },
          Input: '{"keepReady":true}',
          RetryPolicy: { MaximumRetryAttempts: 0 },
        },
      });
    expect(stage.all('AWS::Scheduler::Schedule').filter(({ properties }) => properties.Name.startsWith('ready-'))).toHaveLength(3);
  });

  it.each([
    [{ every: 'week', on: 'monday', at: '09:00' }, 'cron(0 9 ? * MON *)'],
    [{ every: 'week', on: 'sunday', at: '00:15' }, 'cron(15 0 ? * SUN *)'],
    [{ every: 'month', on: 1, at: '08:30' }, 'cron(30 8 1 * ? *)'],
  ] as const)('says %o as %s', (every, cron) => {
    expect(cronOf(every)).toBe(cron);
  });
});
