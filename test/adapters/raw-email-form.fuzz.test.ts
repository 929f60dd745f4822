import { SESClient } from '@aws-sdk/client-ses';
import type { HttpRequest } from '@smithy/core/protocols';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formBuffers } from '../../adapters/ses/form-buffers.ts';
import { rawEmailForm } from '../../adapters/ses/raw-email-form.ts';
import type { MailText } from '../../core/mail/mail-text.ts';
import { tries } from '../support/hostile/fuzz.ts';
import { sdkCommand } from '../support/sdk-mailer.ts';

/** What the SDK would send, caught where it would leave. */
async function sdkForm(...[sender, mail]: Parameters<typeof sdkCommand>): Promise<string> {
  let form = '';
  const client = new SESClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: HttpRequest) => {
        form = body;
        throw new Error('caught');
      },
    },
  });
  await client.send(sdkCommand(sender, mail)).catch(() => {});
  return form;
}

const bytes = (lengths: fc.StringConstraints) =>
  fc.string({ ...lengths, unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const some = fc.oneof(bytes({ maxLength: 5 }), bytes({ maxLength: 80 }));
const values = fc.string({ unit: 'grapheme', maxLength: 20 });

it('is byte for byte what the SDK sends, of a mail in any pieces, in a buffer of the mail before', async () => {
  const buffers = formBuffers();
  const texts = fc.array(some, { minLength: 1, maxLength: 4 });
  // Texts that are shared come more than once, behind any number of characters.
  const order = fc.array(fc.oneof(some, fc.nat({ max: 3 })), { maxLength: 12 });
  const names = fc.record({ edition: values, slot: values, subscriber: values, attempt: fc.nat() });
  await fc.assert(
    fc.asyncProperty(texts, order, names, values, values, values, async (shared, pieces, tags, to, address, set) => {
      const pool = shared.map((text) => ({ text }));
      const mime: MailText = pieces.map((piece) => (typeof piece === 'string' ? piece : (pool[piece % pool.length] ?? '')));
      const sender = { address, configurationSets: { tracked: set, untracked: 'other' } };
      const form = rawEmailForm({ from: address, to, mime, tags, configurationSet: set }, buffers.take);
      buffers.giveBack(form);
      expect(form.toString('latin1')).toBe(await sdkForm(sender, { to, mime, tags, isTracked: true }));
    }),
    tries(),
  );
});
