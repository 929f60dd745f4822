import { Sha256 as SdkSha256 } from '@smithy/core/checksum';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from '../../adapters/aws/sha256.ts';
import { tries } from '../support/hostile/fuzz.ts';

it('hashes and signs as the SDK does, with any key and more than once', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const keys = fc.oneof(fc.constant(undefined), fc.string({ minLength: 1 }), bytes);
  await fc.assert(
    fc.asyncProperty(keys, fc.array(fc.oneof(bytes, fc.string()), { maxLength: 4 }), async (key, parts) => {
      for (let time = 0; time < 2; time += 1) {
        const [ours, theirs] = [new Sha256(key), new SdkSha256(key)];
        for (const part of parts) {
          ours.update(part);
          theirs.update(typeof part === 'string' ? Buffer.from(part) : part);
        }
        expect(Buffer.from(await ours.digest())).toEqual(Buffer.from(await theirs.digest()));
        ours.reset();
        expect(await ours.digest()).toEqual(Buffer.from(await new SdkSha256(key).digest()));
      }
    }),
    tries(),
  );
});
