import { CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
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

/** The domain that mail of these senders comes from, signed with DKIM. Prints the DNS records that prove it is ours. */
export class MailIdentity extends Construct {
  readonly arn: string;

  /** `isThere`: the domain is verified in this account already, by hand or by another stack; then nothing is made and nothing printed. */
  constructor(scope: Construct, id: string, { domain, isThere }: { readonly domain: string; readonly isThere: boolean }) {
    super(scope, id);
    if (isThere) {
      this.arn = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: domain });
      return;
    }
    // Bounces reach us as events; a copy by mail to the sender's address would only be noise.
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain), feedbackForwarding: false });
    this.arn = identity.emailIdentityArn;
    identity.dkimRecords.forEach(({ name, value }, n) => {
      new CfnOutput(this, `Dkim${n + 1}`, { value: `${name} CNAME ${value}`, description: `DNS record for ${domain}` });
    });
  }
}

/** A configuration set whose events all reach the topic; opens are tracked, and told, only where asked for. */
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
      reputationMetrics: true,
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

/** Allows mail from one address, by these configuration sets, to these recipients. The Null check: `ForAllValues` holds for a missing key. */
export const maySend = ({ identity, rules, from, to }: Sending): PolicyStatement =>
  new PolicyStatement({
    actions: ['ses:SendRawEmail'],
    resources: [identity.arn, ...rules.map(({ arn }) => arn)],
    conditions: {
      StringEquals: { 'ses:FromAddress': from },
      'ForAllValues:StringLike': { 'ses:Recipients': [...to] },
      Null: { 'ses:Recipients': 'false' },
    },
  });
