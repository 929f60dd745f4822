import { describe, expect, it } from 'vitest';
import { checkBlock, credentialsAdvice, deletionsIn, deployWords, meaningOf } from '../../lib/deploy-words.ts';
import { readDistribution } from '../../lib/read-distribution.ts';
import { settingsWith } from '../../lib/stage-settings.ts';
import { testDistribution } from '../support/stage-under-test.ts';

describe('npm run deploy', () => {
  it('takes a stack, hands the other words on, and keeps --delete for itself', () => {
    expect(deployWords(['afterword-production', '--require-approval', 'never', '--delete'])).toEqual({
      stack: 'afterword-production',
      others: ['--require-approval', 'never'],
      mayDelete: true,
    });
    expect(deployWords(['afterword-staging']).mayDelete).toBe(false);
  });

  it.each([
    [[], 'Name the stack first: npm run deploy -- afterword-production'],
    [['--all'], 'Name the stack first: npm run deploy -- afterword-production'],
    [
      ['production'],
      'There is no stack production. Deployed are afterword-staging and afterword-production: npm run deploy -- afterword-production',
    ],
    [['afterword-laptop'], 'There is no stack afterword-laptop.'],
    [['afterword-production', '-c', 'alarmAddress=a@b.de'], '-c is not taken: settings stand in deploy.yaml'],
    [['afterword-production', '--context=alarmAdress=a@b.de'], '--context=alarmAdress=a@b.de is not taken'],
  ])('refuses %j', (words, said) => {
    expect(() => deployWords(words)).toThrow(said);
  });

  it('misses the block of the stage', () => {
    const production = settingsWith(readDistribution(testDistribution));

    expect(() => checkBlock({ production }, 'afterword-staging')).toThrow(
      'deploy.yaml has no block "staging:", only production. Add one, as in samples/deploy.yaml.',
    );
    expect(() => checkBlock({ production }, 'afterword-production')).not.toThrow();
  });
});

// As the CDK command line prints it; that it still does is held by synthesise.test.ts.
const diff = `
Stack afterword-production
Resources
[+] AWS::SES::EmailIdentity new newIdentity1 
[-] AWS::SES::EmailIdentity oldIdentity1 destroy
[-] AWS::DynamoDB::Table kept orphan
[~] AWS::SNS::Subscription Alarms/Topic/x AlarmsTopicX replace
 └─ [~] Endpoint (requires replacement)
     ├─ [-] "destroy"
     └─ [+] other
[~] AWS::Lambda::Function Sweep/Function SweepFunction
[~] AWS::SQS::Queue Work/Queue WorkQueue may be replaced
`;

describe('what a deployment would delete', () => {
  it('is what goes, what is replaced and what may be', () => {
    expect(deletionsIn(diff)).toEqual([
      '[-] AWS::SES::EmailIdentity oldIdentity1 destroy',
      '[~] AWS::SNS::Subscription Alarms/Topic/x AlarmsTopicX replace',
      '[~] AWS::SQS::Queue Work/Queue WorkQueue may be replaced',
    ]);
  });

  it('says what that means for mail', () => {
    expect(deletionsIn(diff).map(meaningOf)).toEqual([
      expect.stringContaining('Mail from this domain stops'),
      expect.stringContaining('has to confirm first'),
      expect.stringContaining('Messages that wait in it are lost'),
    ]);
  });

  it('is nothing at the first deployment', () => {
    expect(deletionsIn('Stack afterword-production\n[+] AWS::SES::EmailIdentity new newIdentity1\n')).toEqual([]);
  });
});

it('says what to do where the CDK command line has no credentials, and nothing where it ended for another reason', () => {
  const unresolved =
    'Unable to resolve AWS account to use. It must be either configured when you define your CDK Stack, or through the environment';
  const unset = 'Need to perform AWS calls for account 123456789012, but no credentials have been configured';
  for (const printed of [unresolved, unset]) expect(credentialsAdvice(printed)).toMatch(/^AWS credentials are missing: .*--profile/);
  expect(credentialsAdvice('Stack afterword-production\nThere were no differences')).toBeUndefined();
});
