/** @jsxImportSource hono/jsx */
import { formProof } from '../../../core/access/session.ts';
import type { SignedIn } from './current-session.ts';

/** The hidden field that each form of a page behind a session has. `isOwnForm` reads it. */
export const Proof = ({ signed: { session } }: { readonly signed: Pick<SignedIn, 'session'> }) => (
  <input type="hidden" name="proof" value={formProof(session)} />
);
