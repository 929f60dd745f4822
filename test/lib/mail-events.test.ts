import { describe, expect, it } from 'vitest';
import { aStage, type Json, the } from '../support/stage-under-test.ts';

const stage = aStage('production');
const sets = stage.all('AWS::SES::ConfigurationSet');
const eventsOf = (name: string): string[] => {
  const set = the(sets.filter(({ properties }) => properties.Name === name));
  const destinations = stage.all('AWS::SES::ConfigurationSetEventDestination');
  return the(destinations.filter(({ properties }) => properties.ConfigurationSetName.Ref === set.id)).properties.EventDestination
    .MatchingEventTypes;
};
const always = ['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject', 'renderingFailure', 'send'];

describe('a configuration set', () => {
  it('wants TLS, pays for no metrics of its own and suppresses bounces and complaints', () => {
    expect(sets).toHaveLength(4);
    for (const { properties } of sets) {
      expect(properties).toMatchObject({
        DeliveryOptions: { TlsPolicy: 'REQUIRE' },
        ReputationOptions: { ReputationMetricsEnabled: false },
        SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      });
    }
  });

  it('tells opens only where they are tracked, and never clicks', () => {
    expect(eventsOf('afterword-production-internal').toSorted()).toEqual([...always, 'open'].toSorted());
    expect(eventsOf('afterword-production-internal-untracked').toSorted()).toEqual(always);
    expect(eventsOf('afterword-production-customers').toSorted()).toEqual(always);
    expect(eventsOf('afterword-production-customers-tracked').toSorted()).toEqual([...always, 'open'].toSorted());
  });

  it.each([
    ['deliver-prompt', 'internal', 'internal-untracked'],
    ['deliver-urgent', 'internal', 'internal-untracked'],
    ['deliver-customers', 'customers-tracked', 'customers'],
  ])('is one of two on %s, chosen for each mail', (lane, tracked, untracked) => {
    expect(stage.fn(lane).properties.Environment.Variables).toMatchObject({
      TRACKED_CONFIGURATION_SET: `afterword-production-${tracked}`,
      UNTRACKED_CONFIGURATION_SET: `afterword-production-${untracked}`,
    });
  });
});

describe('an event', () => {
  const subscription = the(stage.all('AWS::SNS::Subscription').filter(({ properties }) => properties.Protocol === 'sqs')).properties;
  const topicPolicy = the(
    stage.all('AWS::SNS::TopicPolicy').filter(({ properties }) => properties.Topics[0].Ref === subscription.TopicArn.Ref),
  );

  it('is published by SES for our configuration sets and nobody else', () => {
    const allowed: Json[] = topicPolicy.properties.PolicyDocument.Statement.filter(({ Effect }: Json) => Effect === 'Allow');

    expect(allowed.map(({ Principal }) => Principal.Service)).toEqual(Array(4).fill('ses.amazonaws.com'));
    for (const { id } of sets) {
      const its = allowed.filter(({ Condition }) => JSON.stringify(Condition.StringEquals['AWS:SourceArn']).includes(`"${id}"`));
      expect(the(its).Condition.StringEquals['AWS:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
    }
  });

  it('lies in the events queue as SES wrote it', () => {
    expect(subscription).toMatchObject({ RawMessageDelivery: true, Endpoint: { 'Fn::GetAtt': [stage.queue('events').id, 'Arn'] } });
  });

  it('enters that queue from that topic only', () => {
    const queue = stage.queue('events');
    const policy = the(stage.all('AWS::SQS::QueuePolicy').filter(({ properties }) => properties.Queues[0].Ref === queue.id));
    const allowed = policy.properties.PolicyDocument.Statement.filter(({ Effect }: Json) => Effect === 'Allow');

    expect(the(allowed)).toMatchObject({
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': subscription.TopicArn } },
    });
  });
});

it('every sender has an identity for its domain', () => {
  expect(stage.all('AWS::SES::EmailIdentity').map(({ properties }) => properties.EmailIdentity)).toEqual([
    'corp.fabrikam.example',
    'notices.fabrikam.example',
  ]);
});

describe('a MAIL FROM of its own', () => {
  it('lies below each sender’s domain, and mail leaves without it as long as its record is not there', () => {
    expect(stage.all('AWS::SES::EmailIdentity').map(({ properties }) => properties.MailFromAttributes)).toEqual(
      ['corp.fabrikam.example', 'notices.fabrikam.example'].map((domain) => ({
        MailFromDomain: `bounce.${domain}`,
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      })),
    );
  });

  it('has the name that is asked for', () => {
    const [identity] = aStage('production', { mailFrom: 'returns' }).all('AWS::SES::EmailIdentity');

    expect(identity?.properties.MailFromAttributes.MailFromDomain).toBe('returns.corp.fabrikam.example');
  });

  it('is printed with its two records, in the stack’s region', () => {
    const records = Object.values<Json>(stage.outputs).map(({ Value }) =>
      Value['Fn::Join'] ? Value['Fn::Join'][1].map(said).join('') : Value,
    );

    expect(records).toContain('bounce.corp.fabrikam.example MX 10 feedback-smtp.<AWS::Region>.amazonses.com');
    expect(records).toContain('bounce.corp.fabrikam.example TXT "v=spf1 include:amazonses.com ~all"');
  });
});

const said = (part: Json): string => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt']}>`);
