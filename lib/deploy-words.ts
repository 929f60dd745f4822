import { type DeployedStage, deployedStages, type Settings } from './read-settings.ts';
import { stackNameOf } from './stages.ts';

export interface DeployWords {
  readonly stack: string;
  /** Arguments passed on to `cdk deploy` unchanged. */
  readonly others: readonly string[];
  /** Whether resources may be deleted. */
  readonly mayDelete: boolean;
}

const example = 'npm run deploy -- afterword-production';

/**
 * Reads the arguments after `npm run deploy --`. Throws an Error with a message for the person who
 * typed them.
 */
export function deployWords(words: readonly string[]): DeployWords {
  const [stack, ...others] = words;
  if (stack === undefined || stack.startsWith('-')) throw new Error(`Name the stack first: ${example}`);
  if (!deployedStages.some((stage) => stackNameOf(stage) === stack)) {
    throw new Error(`There is no stack ${stack}. Deployed are ${deployedStages.map(stackNameOf).join(' and ')}: ${example}`);
  }
  const context = others.find((word) => /^(-c|--context)(=|$)|^-c\w/.test(word));
  if (context !== undefined)
    throw new Error(`${context} is not taken: settings stand in deploy.yaml, samples/deploy.yaml has all of them.`);
  return { stack, others: others.filter((word) => word !== '--delete'), mayDelete: others.includes('--delete') };
}

/** Throws if the file has no block for the requested stage. */
export function checkBlock(settings: Settings, stack: string): void {
  const there = Object.keys(settings).filter((stage): stage is DeployedStage => stage in settings);
  if (there.some((stage) => stackNameOf(stage) === stack)) return;
  const stage = deployedStages.find((one) => stackNameOf(one) === stack);
  throw new Error(`deploy.yaml has no block "${stage}:", only ${there.join(', ')}. Add one, as in samples/deploy.yaml.`);
}

/**
 * What to do if the CDK command line ended because it has no credentials. Undefined if it ended for
 * another reason.
 */
export const credentialsAdvice = (printed: string): string | undefined =>
  /Unable to resolve AWS account|no credentials have been configured|Could not load credentials/i.test(printed)
    ? 'AWS credentials are missing: sign in (aws sso login) and name the profile (--profile NAME, or the variable AWS_PROFILE). Nothing was deployed.'
    : undefined;

/**
 * A line of `cdk diff` about a resource that the deployment deletes or may delete. Resources that
 * it leaves behind ("orphan") are not included.
 */
const going = /^\[[-~]\] \S.* (destroy|replace|may be replaced)$/;

/** The lines about what a deployment would delete, for good or to replace it. */
export const deletionsIn = (diff: string): readonly string[] =>
  diff
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => going.test(line));

/** What a person has to know before such a resource is deleted. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/AWS::SES::EmailIdentity/, 'Mail from this domain stops, and a new identity may ask for new DKIM records.'],
  [/AWS::SNS::Subscription/, 'Whoever was told of alarms is told no more; a new address has to confirm first.'],
  [/AWS::DynamoDB::Table/, 'Everything that is stored goes with it.'],
  [
    /AWS::SecretsManager::Secret/,
    'What was made with it is of no more use: links in mails, the ids of people, hashes of who must not be mailed.',
  ],
  [/AWS::ApiGatewayV2::(Api|DomainName) /, 'The links in all mails that were sent lead nowhere.'],
  [/AWS::SQS::Queue /, 'Messages that wait in it are lost; `sweep` finds again what was not finished.'],
  [/AWS::Logs::LogGroup/, 'Its lines are lost.'],
];

/** One line, followed by what it means if that is known. */
export function meaningOf(deletion: string): string {
  const meaning = meanings.find(([what]) => what.test(deletion));
  return meaning ? `${deletion}\n    ${meaning[1]}` : deletion;
}
