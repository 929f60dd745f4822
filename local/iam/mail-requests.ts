import { arn } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** The part of a mail that IAM checks. */
export interface AskedMail {
  /** The envelope's recipients. */
  readonly to: readonly string[];
  /** The envelope's sender and the one in the From header. Both must be allowed. */
  readonly senders: readonly string[];
  readonly configurationSet: string | undefined;
}

/** What sending a mail needs: SES checks the identity of each sender, and the configuration set. */
export function mailRequests(
  { to, senders, configurationSet }: AskedMail,
  identityOf: (address: string) => string | undefined,
): AuthorizationRequest[] {
  return [...new Set(senders)].flatMap((from) => {
    const identity = arn('ses', `identity/${identityOf(from) ?? from}`);
    const set = configurationSet === undefined ? [] : [arn('ses', `configuration-set/${configurationSet}`)];
    const context = { 'ses:recipients': to, 'ses:fromaddress': [from] };
    return [identity, ...set].map((resource) => ({ action: 'ses:SendRawEmail', resource, context }));
  });
}
