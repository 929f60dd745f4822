import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { outcomeOfError } from '../../adapters/ses/send-outcome.ts';
import type { SesSender } from '../../adapters/ses/ses-mailer.ts';
import type { Mailer, OutgoingMail } from '../../core/delivery/ports.ts';
import { mimeBytes } from '../../core/mail/mail-text.ts';

/** A mail as the SDK's users send it. */
export const sdkCommand = (sender: SesSender, { to, mime, isTracked, tags }: OutgoingMail) =>
  new SendRawEmailCommand({
    Source: sender.address,
    Destinations: [to],
    ConfigurationSetName: sender.configurationSets[isTracked ? 'tracked' : 'untracked'],
    Tags: Object.entries(tags).map(([Name, value]) => ({ Name, Value: String(value) })),
    RawMessage: { Data: mimeBytes(mime) },
  });

/** By the SDK's own call: what our sender has to equal. */
export const sdkMailer = (client: SESClient, sender: SesSender): Mailer => ({
  send: (mail) =>
    client.send(sdkCommand(sender, mail)).then(
      ({ MessageId }) => (MessageId ? { kind: 'accepted', messageId: MessageId } : { kind: 'in doubt', code: 'NoMessageId' }),
      (error: unknown) => outcomeOfError(error, { from: sender.address, to: mail.to }),
    ),
});
