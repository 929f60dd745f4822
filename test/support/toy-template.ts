const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
export const toyFunction = (name: string, properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'aws:asset:path': name },
  Properties: {
    FunctionName: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, name]] },
    Handler: 'handler.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
    // Longer than anything takes on a busy machine. Who looks at it has one of its own.
    Timeout: 60,
    ...properties,
  },
});
const route = (key: string, integration = 'EchoIntegration') => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] } },
});

/** One of everything that the local stack runs, as CloudFormation writes it. */
export const toyTemplate = {
  Parameters: { Greeting: { Type: 'String', Default: 'hello' } },
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: keys('pk', 'sk'),
        AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(attribute),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'gsi1',
            KeySchema: keys('gsi1pk', 'gsi1sk'),
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['listed'] },
          },
        ],
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'toy-dead-letters' } },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'toy-work',
        VisibilityTimeout: 360,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 2 },
      },
    },
    Events: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'toy-events' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'toy-mail' } },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['Events', 'Arn'] },
        RawMessageDelivery: true,
      },
    },
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          ExcludePunctuation: true,
          PasswordLength: 20,
          SecretStringTemplate: '{"kid":"k1"}',
          GenerateStringKey: 'key',
        },
      },
    },
    Identity: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'example.com' } },
    Tracked: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'tracked' } },
    Untracked: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'untracked' } },
    TrackedEvents: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Tracked' },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['send', 'delivery', 'deliveryDelay', 'bounce', 'complaint', 'reject', 'renderingFailure', 'open'],
          SnsDestination: { TopicARN: { Ref: 'Topic' } },
        },
      },
    },
    UntrackedEvents: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Untracked' },
        EventDestination: { Enabled: true, MatchingEventTypes: ['BOUNCE'], SnsDestination: { TopicARN: { Ref: 'Topic' } } },
      },
    },
    Echo: toyFunction('echo', {
      ReservedConcurrentExecutions: 2,
      Environment: {
        Variables: { GREETING: { Ref: 'Greeting' }, QUEUE_URL: { Ref: 'Work' }, API_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
      },
    }),
    Worker: toyFunction('worker', { Environment: { Variables: { TABLE_NAME: { Ref: 'Table' } } } }),
    Ticker: toyFunction('ticker'),
    Hasty: { ...toyFunction('hasty', { Timeout: 1 }), Metadata: { 'aws:asset:path': 'echo' } },
    WorkerMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        BatchSize: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'toy' } },
    EchoIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Echo', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    HastyIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Hasty', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    EchoRoute: route('GET /echo'),
    ItemRoute: route('PUT /items/{id}'),
    FilesRoute: route('ANY /files/{path+}'),
    HastyRoute: route('GET /hasty', 'HastyIntegration'),
    Weekly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'weekly-digest-toy',
        ScheduleExpression: 'cron(0 9 ? * MON *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Events', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Input: '{"stream":"weekly-digest","scheduledFor":"<aws.scheduler.scheduled-time>"}',
        },
      },
    },
    Ticking: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'sweep-toy',
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Ticker', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Input: '{"scheduledFor":"<aws.scheduler.scheduled-time>"}',
        },
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    MayDoItsWork: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'toy',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } },
            { Effect: 'Allow', Action: 'sqs:*', Resource: [{ 'Fn::GetAtt': ['Work', 'Arn'] }, { 'Fn::GetAtt': ['Events', 'Arn'] }] },
            { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Ticker', 'Arn'] } },
            { Effect: 'Allow', Action: 'ses:*', Resource: '*' },
          ],
        },
      },
    },
    Absent: { Type: 'AWS::SQS::Queue', Condition: 'Never', Properties: { QueueName: 'toy-absent' } },
  },
};
