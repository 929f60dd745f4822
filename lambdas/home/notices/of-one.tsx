/** @jsxImportSource hono/jsx */
import { externalOutlook, remarkLine } from '../../../core/intake/external-version.ts';
import { publicVersionOf } from '../../../core/notice/after-press.ts';
import type { External } from '../../../core/notice/external.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { When } from '../parts.tsx';

/** What an author is told of the notice to customers about their postmortem. */
export interface OwnNotice {
  /** Which version customers read, and since when. */
  readonly shown: External['shown'];
  /** Since when nobody is asked, by the last look. */
  readonly heldSince?: string;
  /** Who would be asked, or why nobody and what to do; then what the check finds. */
  readonly lines: readonly string[];
}

/**
 * Undefined: it has no text for customers that asks, and they read none. It quotes the text, so
 * only whoever may open the postmortem is told.
 */
export async function ownNotice({ postmortem }: StoredPostmortem, { distribution }: Visit, deps: HomeDeps): Promise<OwnNotice | undefined> {
  const { externals, artefacts } = deps.operator.notices;
  const [row, outlook] = await Promise.all([externals.read(postmortem.id), externalOutlook(postmortem, { distribution, externals })]);
  const known = row === 'unknown' ? undefined : row;
  const shown = known && publicVersionOf(known);
  if (outlook.length === 0 && !shown) return undefined;
  const request = known?.request?.state === 'held' ? known.request : undefined;
  const artefact = request?.why === 'lint' && request.artefact ? await artefacts.read(postmortem.id, request.artefact) : undefined;
  const isOfThisText = request !== undefined && known?.seen?.content === request.content;
  // The search for secrets runs where approvers are asked, and nowhere else.
  const found = isOfThisText ? (artefact?.remarks ?? []).filter(({ level }) => level === 'refuse').map(remarkLine) : [];
  const lines = [...new Set([...outlook, ...found])].map((line) => line.replace(/^external(: |\.)/, '')).map(sentence);
  return { shown, ...(request && outlook.length > 0 && { heldSince: request.at }), lines };
}

const sentence = (line: string): string => `${line.charAt(0).toUpperCase()}${line.slice(1)}`;

/** Where the notice to customers stands, for its author. */
export const NoticePanel = ({ notice: { shown, heldSince, lines }, visit }: { readonly notice: OwnNotice; readonly visit: Visit }) => (
  <section class="panel" aria-labelledby="notice">
    <h2 id="notice">For customers</h2>
    <p>
      {shown ? (
        <>
          Customers read version {shown.n}, since <When at={shown.at} visit={visit} />.
        </>
      ) : (
        'Customers read nothing of it.'
      )}
    </p>
    {lines.length > 0 && (
      <ul>
        {lines.map((line) => (
          <li dir="auto">{line}</li>
        ))}
      </ul>
    )}
    {heldSince !== undefined && (
      <p class="m">
        Held since <When at={heldSince} visit={visit} />. Once the cause is gone it is asked by itself.
      </p>
    )}
  </section>
);
