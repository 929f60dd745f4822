import { randomBytes } from 'node:crypto';
import type { SlackApp } from '../../lib/stage-settings.ts';
import { arn } from '../template/local-aws.ts';

export interface LocalSlack {
  /** The setting that has a stack post to the Slack of this machine. */
  readonly setting: SlackApp;
  /** The secret that the setting names, with its value. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly token: string;
}

/** A token for the Slack of a local stack, in a secret of its own. */
export function localSlack(): LocalSlack {
  const secretArn = arn('secretsmanager', 'secret:slack-AbCdEf');
  const token = `xoxb-local-${randomBytes(16).toString('hex')}`;
  return { setting: { token: secretArn }, secrets: new Map([[secretArn, token]]), token };
}
