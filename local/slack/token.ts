import { randomBytes } from 'node:crypto';
import type { SlackApp } from '../../lib/stage-settings.ts';
import { arn } from '../template/local-aws.ts';

export interface LocalSlack {
  /** The setting that has a stack post to the Slack of this machine. */
  readonly setting: SlackApp;
  /** The secret that the setting names, with its value. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly token: string;
  /** With which this Slack signs what it posts. */
  readonly signing: string;
}

/** A token and a signing secret for the Slack of a local stack, in secrets of their own. */
export function localSlack(): LocalSlack {
  const secretArn = arn('secretsmanager', 'secret:slack-AbCdEf');
  const token = `xoxb-local-${randomBytes(16).toString('hex')}`;
  const signingArn = arn('secretsmanager', 'secret:slack-signing-AbCdEf');
  const signing = randomBytes(16).toString('hex');
  const secrets = new Map([
    [secretArn, token],
    [signingArn, signing],
  ]);
  return { setting: { token: secretArn, signing: signingArn }, secrets, token, signing };
}
