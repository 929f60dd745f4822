import { randomBytes } from 'node:crypto';
import { arn } from '../template/local-aws.ts';

export interface LocalSlack {
  /** The setting that has posts go to the Slack of this stack. */
  readonly slack: { readonly token: string };
  /** The secret that the setting names, with its value. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** A token for the Slack of a local stack, in a secret of its own. */
export function localSlack(): LocalSlack {
  const secretArn = arn('secretsmanager', 'secret:slack-AbCdEf');
  return { slack: { token: secretArn }, secrets: new Map([[secretArn, `xoxb-local-${randomBytes(16).toString('hex')}`]]) };
}
