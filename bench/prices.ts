/**
 * Public prices in USD, us-east-1, on demand, without the free tier; first tier where there are
 * several. Each price's page is aws.amazon.com/<page>/pricing. Looked up on 2026-11-23 in copies of
 * these pages and in what others quote from them in 2026: look yourself before you rely on them.
 */
export const prices = {
  // The plan Essentials, which accounts have that are new since July 2026. Without a plan (`aws
  // sesv2 put-account-pricing-attributes --plan NONE`): 0.10.
  'SES mail': { usd: 0.16 / 1000, page: 'ses' },
  'Lambda request': { usd: 0.2 / 1e6, page: 'lambda' },
  'Lambda GB-second (arm64), deliver': { usd: 0.0000133334, page: 'lambda' },
  'Lambda GB-second (arm64), others': { usd: 0.0000133334, page: 'lambda' },
  'DynamoDB read unit': { usd: 0.125 / 1e6, page: 'dynamodb' },
  'DynamoDB write unit': { usd: 0.625 / 1e6, page: 'dynamodb' },
  'DynamoDB GB-month, with point-in-time recovery': { usd: 0.25 + 0.2, page: 'dynamodb' },
  'SQS request': { usd: 0.4 / 1e6, page: 'sqs' },
  'SNS publication': { usd: 0.5 / 1e6, page: 'sns' },
  'HTTP API request': { usd: 1 / 1e6, page: 'api-gateway' },
  'Scheduler invocation': { usd: 1 / 1e6, page: 'eventbridge' },
  'Secrets Manager call': { usd: 0.05 / 10_000, page: 'secrets-manager' },
  'Secrets Manager secret': { usd: 0.4, page: 'secrets-manager' },
  'KMS key': { usd: 1, page: 'kms' },
  'CloudWatch metric of an alarm': { usd: 0.1, page: 'cloudwatch' },
  'CloudWatch metric of ours': { usd: 0.3, page: 'cloudwatch' },
  'CloudWatch dashboard': { usd: 3, page: 'cloudwatch' },
  'CloudWatch GB of logs': { usd: 0.5, page: 'cloudwatch' },
} as const satisfies Record<string, { usd: number; page: string }>;
export type Priced = keyof typeof prices;
/** How much of each thing a month takes. */
export type Bill = Partial<Record<Priced, number>>;
