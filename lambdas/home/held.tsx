/** @jsxImportSource hono/jsx */
import type { StatusAnswer } from '../../core/operator/api.ts';
import type { Visit } from './guard.ts';
import { When } from './parts.tsx';

type Held = NonNullable<StatusAnswer['held']>;

/** What is held of incident tools, by reason: the urgent first, each with what helps. */
export const HeldIncidents = ({ held: { first, more }, visit }: { readonly held: Held; readonly visit: Visit }) => (
  <>
    {first.map(({ id, title, since, why, words, urgent, alike }) => (
      <li>
        <span class={`pill ${urgent ? 'sev1' : 'sev2'}`}>{urgent ? 'Urgent' : 'Held'}</span>
        <div>
          <strong>{title ?? alike?.name ?? id}</strong>: {words?.why ?? why}.
          <small class="m block">
            Since <When at={since} visit={visit} />. {words?.remedy}
          </small>
        </div>
      </li>
    ))}
    {more && (
      <li>
        <span class="pill sev2">Held</span>
        <div>
          More is held, for other reasons.
          <small class="m block">All of it, on the command line: afterword held list</small>
        </div>
      </li>
    )}
  </>
);
