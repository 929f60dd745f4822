/** @jsxImportSource hono/jsx */
import type { StatusAnswer } from '../../core/operator/api.ts';
import type { Visit } from './guard.ts';
import { When } from './parts.tsx';

/** What the directory was not let do: one line each, with what lets it through. */
export const Braked = ({ braked, visit }: { readonly braked: NonNullable<StatusAnswer['braked']>; readonly visit: Visit }) => (
  <>
    {braked.map(({ at, what, remedy }) => (
      <li>
        <span class="pill sev2">Held back</span>
        <div>
          {what}
          <small class="m block">
            Since <When at={at} visit={visit} />. {remedy}
          </small>
        </div>
      </li>
    ))}
  </>
);
