import { account, arn, type LocalAws, region } from './local-aws.ts';

/** What other resources may ask of one: the answers to Ref and to each Fn::GetAtt. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ResourceType {
  /** The property with its name. Without one, CloudFormation would invent a name. */
  readonly nameProperty?: string;
  identify(name: string, aws: LocalAws): Identity;
  /** `runs`: the local stack runs it. `harmless`: it makes no difference on a laptop. */
  readonly kind: 'runs' | 'harmless';
}

const byArn =
  (service: string, prefix = ''): ResourceType['identify'] =>
  (name) => ({ ref: name, attributes: { Arn: arn(service, `${prefix}${name}`) } });

const runs = (nameProperty: string | undefined, identify: ResourceType['identify']): ResourceType => ({
  kind: 'runs',
  identify,
  ...(nameProperty === undefined ? {} : { nameProperty }),
});
const harmless = (nameProperty?: string, identify: ResourceType['identify'] = byArn('local')): ResourceType => ({
  ...runs(nameProperty, identify),
  kind: 'harmless',
});

const table = runs('TableName', (name) => ({ ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } }));

const queue: ResourceType['identify'] = (name, { queuesUrl }) => {
  const url = `${queuesUrl}/${account}/${name}`;
  return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
};
const topic: ResourceType['identify'] = (name) => {
  const topicArn = arn('sns', name);
  return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
};
const secret: ResourceType['identify'] = (name) => {
  const secretArn = arn('secretsmanager', `secret:${name}-local1`);
  return { ref: secretArn, attributes: { Id: secretArn } };
};
const api: ResourceType['identify'] = (name, { apiUrl }) => ({ ref: name, attributes: { ApiEndpoint: apiUrl, ApiId: name } });
const identity: ResourceType['identify'] = (name) => {
  const tokens = [1, 2, 3].flatMap((n) => [
    [`DkimDNSTokenName${n}`, `token${n}._domainkey.${name}`],
    [`DkimDNSTokenValue${n}`, `token${n}.dkim.local`],
  ]);
  return { ref: name, attributes: Object.fromEntries(tokens) };
};
const subscription: ResourceType['identify'] = (name) => ({ ref: arn('sns', name), attributes: { Arn: arn('sns', name) } });
const policy: ResourceType['identify'] = (name) => ({
  ref: arn('iam', `policy/${name}`),
  attributes: { PolicyArn: arn('iam', `policy/${name}`) },
});
const role: ResourceType['identify'] = (name) => ({ ref: name, attributes: { Arn: `arn:aws:iam::${account}:role/${name}`, RoleId: name } });
const logGroup: ResourceType['identify'] = (name) => ({
  ref: name,
  attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*` },
});

/**
 * Every resource type that the local stack knows. A missing one stops the start: something that
 * does not run locally would differ from the deployment.
 */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGatewayV2::Api': runs(undefined, api),
  'AWS::ApiGatewayV2::Integration': runs(undefined, byArn('apigateway')),
  'AWS::ApiGatewayV2::Route': runs(undefined, byArn('apigateway')),
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::IAM::ManagedPolicy': runs('ManagedPolicyName', policy),
  'AWS::IAM::Policy': runs('PolicyName', policy),
  'AWS::IAM::Role': runs('RoleName', role),
  'AWS::Lambda::EventSourceMapping': runs(undefined, byArn('lambda')),
  'AWS::Lambda::Function': runs('FunctionName', byArn('lambda', 'function:')),
  'AWS::SES::ConfigurationSet': runs('Name', byArn('ses', 'configuration-set/')),
  'AWS::SES::ConfigurationSetEventDestination': runs(undefined, byArn('ses')),
  'AWS::SES::EmailIdentity': runs('EmailIdentity', identity),
  'AWS::SNS::Subscription': runs(undefined, subscription),
  'AWS::SNS::Topic': runs('TopicName', topic),
  'AWS::SQS::Queue': runs('QueueName', queue),
  'AWS::Scheduler::Schedule': runs('Name', byArn('scheduler', 'schedule/default/')),
  'AWS::SecretsManager::Secret': runs('Name', secret),

  'AWS::ApiGatewayV2::Stage': harmless('StageName'),
  'AWS::CDK::Metadata': harmless(),
  'AWS::CloudWatch::Alarm': harmless('AlarmName', byArn('cloudwatch', 'alarm:')),
  'AWS::CloudWatch::CompositeAlarm': harmless('AlarmName', byArn('cloudwatch', 'alarm:')),
  'AWS::CloudWatch::Dashboard': harmless('DashboardName'),
  'AWS::KMS::Alias': harmless('AliasName'),
  'AWS::KMS::Key': harmless(undefined, byArn('kms', 'key/')),
  'AWS::Lambda::EventInvokeConfig': harmless(),
  'AWS::Lambda::Permission': harmless(),
  'AWS::Logs::LogGroup': harmless('LogGroupName', logGroup),
  'AWS::Logs::MetricFilter': harmless('FilterName'),
  'AWS::SNS::TopicPolicy': harmless(),
  'AWS::SQS::QueuePolicy': harmless(),
  'AWS::Scheduler::ScheduleGroup': harmless('Name', byArn('scheduler', 'schedule-group/')),
};
