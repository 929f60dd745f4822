import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { MailIdentity, maySend, type Sender, SendingRules } from './constructs/mail-identity.ts';
import type { StageSettings } from './stage-settings.ts';
import type { Stage } from './stages.ts';

/**
 * What one lane sends with. `may` is empty if the distribution file names no sender; such a lane
 * can send nothing.
 */
export interface LaneSending {
  readonly sender: Sender;
  /** Names of the configuration set that reports opens and of the one that does not. */
  readonly tracked: string;
  readonly untracked: string;
  readonly may: readonly PolicyStatement[];
  /**
   * The addresses it may mail, as patterns of the policy. The function knows them too, so that a
   * reader AWS would deny is skipped and counted.
   */
  readonly to: readonly string[];
}
export interface StageSending {
  readonly internal: LaneSending;
  readonly customers: LaneSending;
}

export interface SendingProps {
  readonly settings: StageSettings;
  readonly stage: Stage;
  readonly topic: ITopic;
}

/**
 * The SES mailbox simulator. It accepts, bounces and complains on request, and costs no reputation.
 */
const simulator = '*@simulator.amazonses.com';

/**
 * Decides which lane may mail which addresses. Internal mail reaches the organisation's domains and
 * nothing else, whatever the code above does.
 */
export function sendingOf(scope: Construct, { settings, stage, topic }: SendingProps): StageSending {
  const { senders, organisation } = settings.distribution;
  const identityFor = identities(scope, settings, stage.keepData);
  const rules = (name: string, opens: boolean) => new SendingRules(scope, name, { name, topic, opens });
  const to = (everyone: readonly string[]) => lowerCased(stage.mayMail === 'everyone' ? everyone : [simulator, ...settings.mayMail]);
  const [toStaff, toCustomers] = [to(organisation.domains.map((domain) => `*@${domain}`)), to(['*'])];

  const [tracked, untracked] = [rules('internal', true), rules('internal-untracked', false)];
  const [customersTracked, customersUntracked] = [rules('customers-tracked', true), rules('customers', false)];
  const internal = maySend({
    identity: identityFor(senders.internal),
    rules: [tracked, untracked],
    from: senders.internal.address,
    to: toStaff,
  });
  const { customers } = senders;
  const external =
    customers &&
    maySend({
      identity: identityFor(customers),
      rules: [customersTracked, customersUntracked],
      from: customers.address,
      to: toCustomers,
    });
  return {
    internal: { sender: senders.internal, tracked: tracked.name, untracked: untracked.name, may: internal, to: toStaff },
    customers: {
      sender: customers ?? senders.internal,
      tracked: customersTracked.name,
      untracked: customersUntracked.name,
      may: external ?? [],
      to: toCustomers,
    },
  };
}

/**
 * All environment variables of a function together may hold four kilobytes. This limit leaves room
 * for the others.
 */
const mostLetters = 2500;

/** IAM compares letter by letter. */
function lowerCased(patterns: readonly string[]): readonly string[] {
  const lower = patterns.map((pattern) => pattern.trim().toLowerCase());
  if (lower.join(',').length > mostLetters)
    throw new Error(
      `Whom a stage may mail (mayMail, organisation.domains) has to fit into ${mostLetters} letters: name domains, such as *@example.com, in place of addresses.`,
    );
  return lower;
}

/** Makes one identity per domain, however many senders share it. */
function identities(scope: Construct, { verifiedDomains, mailFrom }: StageSettings, kept: boolean): (sender: Sender) => MailIdentity {
  const made = new Map<string, MailIdentity>();
  return ({ address }) => {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const identity =
      made.get(domain) ?? new MailIdentity(scope, domain, { domain, isThere: verifiedDomains.includes(domain), kept, mailFrom });
    made.set(domain, identity);
    return identity;
  };
}
