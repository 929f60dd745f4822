import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Distribution } from '../core/distribution/distribution.ts';
import { MailIdentity, maySend, type Sender, SendingRules } from './constructs/mail-identity.ts';
import type { Stage } from './stages.ts';

/** What one lane sends with. `may` is empty where the distribution file names no sender: such a lane can send nothing. */
export interface LaneSending {
  readonly sender: Sender;
  /** Names of the configuration sets that tell of opens and that do not. */
  readonly tracked: string;
  readonly untracked: string;
  readonly may: readonly PolicyStatement[];
}
export interface StageSending {
  readonly internal: LaneSending;
  readonly customers: LaneSending;
}

export interface SendingProps {
  readonly distribution: Distribution;
  readonly mayMail: Stage['mayMail'];
  /** The addresses of an `allow-list` stage. */
  readonly allowed: readonly string[];
  readonly topic: ITopic;
  /** Domains that are verified in the account already. */
  readonly verified: readonly string[];
  /** Name below each sender's domain that bounces go to. */
  readonly mailFrom: string;
}

/** Who mails whom: internal mail reaches the organisation's domains and nothing else, whatever the code above thinks. */
export function sendingOf(scope: Construct, { distribution, mayMail, allowed, topic, verified, mailFrom }: SendingProps): StageSending {
  const { senders, organisation } = distribution;
  const identityFor = identities(scope, verified, mailFrom);
  const rules = (name: string, opens: boolean) => new SendingRules(scope, name, { name, topic, opens });
  const to = (everyone: readonly string[]) => (mayMail === 'everyone' ? everyone : allowed);

  const [tracked, untracked] = [rules('internal', true), rules('internal-untracked', false)];
  const [customersTracked, customersUntracked] = [rules('customers-tracked', true), rules('customers', false)];
  const internal = maySend({
    identity: identityFor(senders.internal),
    rules: [tracked, untracked],
    from: senders.internal.address,
    to: to(organisation.domains.map((domain) => `*@${domain}`)),
  });
  const { customers } = senders;
  const external =
    customers &&
    maySend({
      identity: identityFor(customers),
      rules: [customersTracked, customersUntracked],
      from: customers.address,
      to: to(['*']),
    });
  return {
    internal: { sender: senders.internal, tracked: tracked.name, untracked: untracked.name, may: [internal] },
    customers: {
      sender: customers ?? senders.internal,
      tracked: customersTracked.name,
      untracked: customersUntracked.name,
      may: external ? [external] : [],
    },
  };
}

/** One identity a domain, however many senders share it. */
function identities(scope: Construct, verified: readonly string[], mailFrom: string): (sender: Sender) => MailIdentity {
  const made = new Map<string, MailIdentity>();
  return ({ address }) => {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const identity = made.get(domain) ?? new MailIdentity(scope, domain, { domain, isThere: verified.includes(domain), mailFrom });
    made.set(domain, identity);
    return identity;
  };
}
