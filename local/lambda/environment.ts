import type { FunctionPlan } from '../plan/functions.ts';
import { region } from '../template/local-aws.ts';

/**
 * Where the SDK finds each service, by the variables that it reads itself. So a function cannot
 * tell that it runs on a laptop.
 */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly sns: string;
  readonly ses: string;
  readonly secretsManager: string;
  /** In the place of Slack's own, where the template names it. */
  readonly slackApi: string;
  /** In the place of all vendors' own, where the template leaves it empty. */
  readonly vendors?: string;
  /** In the place of the addresses to which answers for one person go. */
  readonly slackAnswers: string;
}

/**
 * The environment of a function's process: the template's variables, those of Lambda, and none of
 * this machine's. Its access key is its name.
 */
export const environmentOf = (
  plan: Pick<FunctionPlan, 'name' | 'handler' | 'memoryMb' | 'environment'>,
  endpoints: Endpoints,
): Record<string, string> => ({
  ...plan.environment,
  ...('SLACK_API_URL' in plan.environment && { SLACK_API_URL: endpoints.slackApi }),
  ...('VENDORS_URL' in plan.environment && { VENDORS_URL: endpoints.vendors ?? '' }),
  ...('SLACK_ANSWERS_URL' in plan.environment && { SLACK_ANSWERS_URL: endpoints.slackAnswers }),
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: plan.name,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: plan.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_SNS: endpoints.sns,
  AWS_ENDPOINT_URL_SES: endpoints.ses,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  _HANDLER: plan.handler,
});
