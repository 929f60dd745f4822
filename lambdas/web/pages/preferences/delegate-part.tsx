/** @jsxImportSource hono/jsx */
import type { StreamFields } from '../../../../core/preferences/settings-fields.ts';
import type { StreamName } from '../../../../core/stream/stream.ts';

import { signInTo } from '../../refusals.ts';

export interface DelegateProps {
  readonly stream: StreamName;
  readonly fields: Pick<StreamFields, 'delegate' | 'delegateUntil'>;
  readonly flawed: ReadonlySet<string>;
}

/**
 * Names a person who gets the stream as well while the reader is away. With a delegate, a pause
 * holds for this stream too.
 */
export const DelegatePart = ({ stream, fields, flawed }: DelegateProps) => (
  <details open={fields.delegate !== '' || flawed.has(`${stream}.delegate`) || flawed.has(`${stream}.delegateUntil`)}>
    <summary>Name a delegate while you are away</summary>
    <p class="m small">Your delegate gets it too, until the day you choose. Until then, a pause of all mail also holds for this stream.</p>
    <div class="row">
      <label>
        Delegate’s address
        <input
          type="email"
          name={`${stream}.delegate`}
          value={fields.delegate}
          maxlength={254}
          autocomplete="off"
          aria-invalid={flawed.has(`${stream}.delegate`) ? 'true' : undefined}
        />
      </label>
      <label>
        Until
        <input
          type="date"
          name={`${stream}.delegateUntil`}
          value={fields.delegateUntil}
          aria-invalid={flawed.has(`${stream}.delegateUntil`) ? 'true' : undefined}
        />
      </label>
    </div>
  </details>
);

/** A link alone ends a delegation, and names nobody. The address is a masked one. */
export const DelegateByLink = ({ stream, fields: { delegate, delegateUntil } }: Omit<DelegateProps, 'flawed'>) => (
  <>
    {delegateUntil !== '' && (
      <label class="check">
        <input type="checkbox" name={`${stream}.delegateUntil`} value="" />
        <span>
          End the delegation{' '}
          <small class="m">
            {delegate || 'Your delegate'} gets it too until {delegateUntil}
          </small>
        </span>
      </label>
    )}
    <p class="m small">
      <a href={signInTo('/preferences')}>Sign in to name a delegate</a> while you are away.
    </p>
  </>
);
