import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

const always = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
];

export interface Sender {
  readonly name: string;
  readonly address: string;
}

export interface MailIdentityProps {
  readonly domain: string;
  /**
   * The domain is already verified in this account, by hand or by another stack. Then nothing is
   * made and nothing printed.
   */
  readonly isThere: boolean;
  /**
   * The identity outlives the stack and a change of the sender. Without it all mail from the domain
   * would stop.
   */
  readonly kept: boolean;
  /**
   * The name below the domain that bounces go to, so that SPF and the sender agree. Nothing else
   * may send from it or receive there.
   */
  readonly mailFrom: string;
}

/**
 * The domain that mail of these senders comes from, signed with DKIM and with its own MAIL FROM.
 * Prints the DNS records for both.
 */
export class MailIdentity extends Construct {
  readonly arn: string;

  /** The ARN that an address would have as an identity of its own. */
  arnOf(address: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: address });
  }

  constructor(scope: Construct, id: string, { domain, isThere, kept, mailFrom }: MailIdentityProps) {
    super(scope, id);
    const stack = Stack.of(this);
    if (isThere) {
      this.arn = stack.formatArn({ service: 'ses', resource: 'identity', resourceName: domain });
      return;
    }
    const bounces = `${mailFrom}.${domain}`;
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      // Bounces reach us as events. A copy by mail to the sender's address would only be noise.
      feedbackForwarding: false,
      mailFromDomain: bounces,
      // Until its MX record exists, SES uses a domain of its own, so mail leaves in any case.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    });
    if (kept) identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.arn = identity.emailIdentityArn;
    const record = (name: string, value: string) => new CfnOutput(this, name, { value, description: `DNS record for ${domain}` });
    identity.dkimRecords.forEach(({ name, value }, n) => void record(`Dkim${n + 1}`, `${name} CNAME ${value}`));
    record('MailFromMx', `${bounces} MX 10 feedback-smtp.${stack.region}.amazonses.com`);
    record('MailFromSpf', `${bounces} TXT "v=spf1 include:amazonses.com ~all"`);
  }
}

/**
 * A configuration set whose events all reach the topic. Opens are tracked and reported only on
 * request.
 */
export class SendingRules extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { name, topic, opens }: { readonly name: string; readonly topic: ITopic; readonly opens: boolean },
  ) {
    super(scope, id);
    const stack = Stack.of(this);
    this.name = `${stack.stackName}-${name}`;
    this.arn = stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: this.name });
    const set = new ConfigurationSet(this, 'Set', {
      configurationSetName: this.name,
      // These are two metrics per set that we do not read. The alarms use the account's, which are
      // free.
      reputationMetrics: false,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('Events', {
      destination: EventDestination.snsTopic(topic),
      events: opens ? [...always, EmailSendingEvent.OPEN] : always,
    });
  }
}

export interface Sending {
  readonly identity: MailIdentity;
  readonly rules: readonly SendingRules[];
  readonly from: string;
  /** Patterns of addresses. */
  readonly to: readonly string[];
}

/**
 * Allows mail from one address, by these configuration sets, to these recipients. SES checks the
 * identity and the configuration set, and both must be allowed. Only the identity has conditions.
 * AWS documents nowhere that their keys are present with a configuration set, and a missing key
 * denies. The identity is the domain's, or the sender's own address if that is verified separately.
 * The Null check is needed because `ForAllValues` holds for a missing key.
 */
export const maySend = ({ identity, rules, from, to }: Sending): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['ses:SendRawEmail'],
    resources: [identity.arn, identity.arnOf(from)],
    conditions: {
      StringEquals: { 'ses:FromAddress': from },
      'ForAllValues:StringLike': { 'ses:Recipients': [...to] },
      Null: { 'ses:Recipients': 'false' },
    },
  }),
  new PolicyStatement({ actions: ['ses:SendRawEmail'], resources: rules.map(({ arn }) => arn) }),
];
