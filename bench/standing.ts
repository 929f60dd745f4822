import * as z from 'zod';
import { type Bill, type Priced, prices } from './prices.ts';

const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
});
const AlarmOfSums = z.object({ Metrics: z.array(z.unknown()) });
const SetWithMetrics = z.object({ ReputationOptions: z.object({ ReputationMetricsEnabled: z.literal(true) }) });

const minutesOfAMonth = 30.4 * 24 * 60;

/**
 * What a month takes of each priced thing because it stands there, whether anybody reads or not:
 * counted in a template.
 */
export function standingOf(template: unknown): Bill {
  const resources = Object.values(Template.parse(template).Resources);
  const all = (type: string) => resources.filter(({ Type }) => Type === type);
  // An alarm on a sum of metrics pays for each of them; the sum itself is one entry more.
  const metricsOf = ({ Properties }: (typeof resources)[number]) => (AlarmOfSums.safeParse(Properties).data?.Metrics.length ?? 2) - 1;
  return {
    'Secrets Manager secret': all('AWS::SecretsManager::Secret').length,
    'KMS key': all('AWS::KMS::Key').length,
    'CloudWatch dashboard': all('AWS::CloudWatch::Dashboard').length,
    'CloudWatch metric of an alarm': all('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    // Bounces and complaints of each configuration set that asks for them.
    'CloudWatch metric of ours':
      2 * all('AWS::SES::ConfigurationSet').filter(({ Properties }) => SetWithMetrics.safeParse(Properties).success).length,
    // Five pollers a queue ask every twenty seconds, whether anything lies there or not. With fewer
    // at once Lambda does not go down to two.
    'SQS request': all('AWS::Lambda::EventSourceMapping').length * 5 * 3 * minutesOfAMonth,
  };
}

export const usdOf = (bill: Bill): number =>
  Object.entries(prices).reduce((sum, [name, { usd }]) => sum + (bill[name as Priced] ?? 0) * usd, 0);
